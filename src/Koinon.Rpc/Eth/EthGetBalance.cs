using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Json;
using Koinon.State;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_getBalance</c>: an account's ether, in wei.</summary>
/// <param name="blocks">Finds blocks.</param>
/// <param name="states">Reads their states.</param>
public sealed class EthGetBalance(BlockLookup blocks, StateReader states) : AccountMethod<Quantity>(blocks, states)
{
    /// <inheritdoc/>
    public override string Name => "eth_getBalance";

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<Quantity>> AnswerAsync(
        WorldState state, Address address, Account? account, CancellationToken cancellation) =>
        new((Quantity)(account?.Balance ?? UInt256.Zero));
}
