using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_getBalance</c>: the balance of an account, in wei.</summary>
/// <param name="blocks">Finds blocks.</param>
public sealed class EthGetBalance(BlockLookup blocks) : RpcQuery<(Address Account, BlockReference Block), Quantity>
{
    /// <inheritdoc/>
    public override string Name => "eth_getBalance";

    /// <inheritdoc/>
    protected override (Address Account, BlockReference Block) Read(ref ParameterReader reader) =>
        (reader.Address(), reader.BlockOrLatest());

    /// <inheritdoc/>
    protected override RpcResult<Quantity> Answer((Address Account, BlockReference Block) parameters)
    {
        RpcResult<IStateView> state = blocks.RequireState(parameters.Block);
        if (state.Error is not null)
        {
            return state.Error;
        }

        state.Value!.ReadAccount(parameters.Account, out Account account);
        return (Quantity)account.Balance;
    }
}
