using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Execution;
using Koinon.State;

namespace Koinon.Rpc.Ots;

/// <summary><c>ots_hasCode</c>: whether an account has code.</summary>
/// <param name="blocks">Finds blocks.</param>
/// <param name="states">Reads their states.</param>
public sealed class OtsHasCode(BlockLookup blocks, StateReader states) : AccountMethod<bool>(blocks, states)
{
    /// <inheritdoc/>
    public override string Name => "ots_hasCode";

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<bool>> AnswerAsync(
        WorldState state, Address address, Account? account, CancellationToken cancellation) =>
        new(account is { HasCode: true });
}
