using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>
/// <c>eth_getTransactionCount</c>: an account's next nonce; for <c>pending</c> the pool's are counted.
/// </summary>
/// <param name="blocks">Finds blocks.</param>
/// <param name="reader">Reads their states.</param>
/// <param name="pool">What waits for a block.</param>
public sealed class EthGetTransactionCount(BlockLookup blocks, StateReader reader, TransactionPool pool)
    : RpcMethod<(Address Account, BlockReference Block), Quantity>
{
    /// <inheritdoc/>
    public override string Name => "eth_getTransactionCount";

    /// <inheritdoc/>
    protected override (Address Account, BlockReference Block) Read(ref ParameterReader reader) =>
        (reader.Address(), reader.BlockOrLatest());

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<Quantity>> RunAsync(
        (Address Account, BlockReference Block) parameters, CancellationToken cancellation)
    {
        // What waits counts from the head, whether or not the next block has room for all of it.
        bool isPending = parameters.Block.Tag == BlockTag.Pending;
        RpcResult<IStateView> state = blocks.RequireState(isPending ? BlockReference.Latest : parameters.Block);
        if (state.Error is not null)
        {
            return state.Error;
        }

        RpcResult<Account?> account = await reader.ReadAccountAsync(state.Value!, parameters.Account, cancellation)
            .ConfigureAwait(false);
        if (account.Error is not null)
        {
            return account.Error;
        }

        return (Quantity)(isPending ? pool.NextNonceOf(parameters.Account) : account.Value?.Nonce ?? 0);
    }
}
