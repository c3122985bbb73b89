using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Json;
using Koinon.State;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_getCode</c>: an account's code.</summary>
/// <param name="blocks">Finds blocks.</param>
/// <param name="states">Reads their states.</param>
public sealed class EthGetCode(BlockLookup blocks, StateReader states) : AccountMethod<HexData>(blocks, states)
{
    /// <inheritdoc/>
    public override string Name => "eth_getCode";

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<HexData>> AnswerAsync(
        WorldState state, Address address, Account? account, CancellationToken cancellation)
    {
        RpcResult<ReadOnlyMemory<byte>> code = await States.ReadCodeAsync(state, address, account, cancellation)
            .ConfigureAwait(false);
        return code.Error is null ? (HexData)code.Value : code.Error;
    }
}
