using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_getCode</c>: an account's code.</summary>
/// <param name="blocks">Finds blocks.</param>
/// <param name="reader">Reads their states.</param>
public sealed class EthGetCode(BlockLookup blocks, StateReader reader)
    : RpcMethod<(Address Account, BlockReference Block), HexData>
{
    /// <inheritdoc/>
    public override string Name => "eth_getCode";

    /// <inheritdoc/>
    protected override (Address Account, BlockReference Block) Read(ref ParameterReader reader) =>
        (reader.Address(), reader.BlockOrLatest());

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<HexData>> RunAsync(
        (Address Account, BlockReference Block) parameters, CancellationToken cancellation)
    {
        RpcResult<IStateView> state = blocks.RequireState(parameters.Block);
        if (state.Error is not null)
        {
            return state.Error;
        }

        RpcResult<ReadOnlyMemory<byte>> code = await reader.ReadCodeAsync(
            state.Value!, parameters.Account, cancellation).ConfigureAwait(false);
        return code.Error is null ? (HexData)code.Value : code.Error;
    }
}
