using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_getCode</c>: an account's code.</summary>
/// <param name="blocks">Finds blocks.</param>
public sealed class EthGetCode(BlockLookup blocks) : RpcQuery<(Address Account, BlockReference Block), HexData>
{
    /// <inheritdoc/>
    public override string Name => "eth_getCode";

    /// <inheritdoc/>
    protected override (Address Account, BlockReference Block) Read(ref ParameterReader reader) =>
        (reader.Address(), reader.BlockOrLatest());

    /// <inheritdoc/>
    protected override RpcResult<HexData> Answer((Address Account, BlockReference Block) parameters)
    {
        RpcResult<IStateView> state = blocks.RequireState(parameters.Block);
        if (state.Error is not null)
        {
            return state.Error;
        }

        ReadOnlyMemory<byte> code = default;
        if (state.Value!.ReadAccount(parameters.Account, out Account account) == ReadStatus.Found && account.HasCode)
        {
            state.Value.ReadCode(account.CodeHash, out code);
        }

        return (HexData)code;
    }
}
