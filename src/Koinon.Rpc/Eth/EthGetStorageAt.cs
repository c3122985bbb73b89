using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_getStorageAt</c>: a storage slot, 32 bytes.</summary>
/// <param name="blocks">Finds blocks.</param>
/// <param name="reader">Reads their states.</param>
public sealed class EthGetStorageAt(BlockLookup blocks, StateReader reader)
    : RpcMethod<(Address Account, UInt256 Slot, BlockReference Block), Hash256>
{
    /// <inheritdoc/>
    public override string Name => "eth_getStorageAt";

    /// <inheritdoc/>
    protected override (Address Account, UInt256 Slot, BlockReference Block) Read(ref ParameterReader reader) =>
        (reader.Address(), reader.Slot(), reader.BlockOrLatest());

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<Hash256>> RunAsync(
        (Address Account, UInt256 Slot, BlockReference Block) parameters, CancellationToken cancellation)
    {
        RpcResult<IStateView> state = blocks.RequireState(parameters.Block);
        if (state.Error is not null)
        {
            return state.Error;
        }

        RpcResult<UInt256> value = await reader.ReadSlotAsync(
            state.Value!, parameters.Account, parameters.Slot, cancellation).ConfigureAwait(false);
        return value.Error is null ? Hash256.FromWord(value.Value) : value.Error;
    }
}
