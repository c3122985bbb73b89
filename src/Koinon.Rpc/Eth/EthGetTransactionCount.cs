using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>
/// <c>eth_getTransactionCount</c>: an account's next nonce; for <c>pending</c> the pool's are counted.
/// </summary>
/// <param name="blocks">Finds blocks.</param>
/// <param name="pool">What waits for a block.</param>
public sealed class EthGetTransactionCount(BlockLookup blocks, TransactionPool pool)
    : RpcQuery<(Address Account, BlockReference Block), Quantity>
{
    /// <inheritdoc/>
    public override string Name => "eth_getTransactionCount";

    /// <inheritdoc/>
    protected override (Address Account, BlockReference Block) Read(ref ParameterReader reader) =>
        (reader.Address(), reader.BlockOrLatest());

    /// <inheritdoc/>
    protected override RpcResult<Quantity> Answer((Address Account, BlockReference Block) parameters)
    {
        if (parameters.Block.Tag == BlockTag.Pending)
        {
            return (Quantity)pool.NextNonceOf(parameters.Account);
        }

        RpcResult<IStateView> state = blocks.RequireState(parameters.Block);
        if (state.Error is not null)
        {
            return state.Error;
        }

        state.Value!.ReadAccount(parameters.Account, out Account account);
        return (Quantity)account.Nonce;
    }
}
