using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Eth;

/// <summary>
/// <c>eth_getTransactionByHash</c>: a transaction of the chain or of the pool; null where there is none.
/// </summary>
/// <param name="blocks">Finds blocks.</param>
/// <param name="pool">What waits for a block.</param>
public sealed class EthGetTransactionByHash(BlockLookup blocks, TransactionPool pool)
    : RpcQuery<Hash256, TransactionJson?>
{
    /// <inheritdoc/>
    public override string Name => "eth_getTransactionByHash";

    /// <inheritdoc/>
    protected override Hash256 Read(ref ParameterReader reader) => reader.Hash();

    /// <inheritdoc/>
    protected override RpcResult<TransactionJson?> Answer(Hash256 parameters)
    {
        if (blocks.Ledger.TryGetTransaction(parameters, out LedgerTransaction found))
        {
            return TransactionJson.Of(found.Transaction, new BlockPosition(found.Block.Sealed, found.Index));
        }

        return pool.TryGet(parameters, out Transaction? waiting) ? TransactionJson.Of(waiting, null) : null;
    }
}
