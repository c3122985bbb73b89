using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_getStorageAt</c>: a storage slot, 32 bytes.</summary>
/// <param name="blocks">Finds blocks.</param>
public sealed class EthGetStorageAt(BlockLookup blocks)
    : RpcQuery<(Address Account, UInt256 Slot, BlockReference Block), Hash256>
{
    /// <inheritdoc/>
    public override string Name => "eth_getStorageAt";

    /// <inheritdoc/>
    protected override (Address Account, UInt256 Slot, BlockReference Block) Read(ref ParameterReader reader) =>
        (reader.Address(), reader.Slot(), reader.BlockOrLatest());

    /// <inheritdoc/>
    protected override RpcResult<Hash256> Answer((Address Account, UInt256 Slot, BlockReference Block) parameters)
    {
        RpcResult<IStateView> state = blocks.RequireState(parameters.Block);
        if (state.Error is not null)
        {
            return state.Error;
        }

        state.Value!.ReadSlot(parameters.Account, parameters.Slot, out UInt256 value);
        return Hash256.FromWord(value);
    }
}
