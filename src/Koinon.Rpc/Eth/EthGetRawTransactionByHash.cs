using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Debug;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Eth;

/// <summary>
/// <c>eth_getRawTransactionByHash</c>: the encoding of a transaction of the chain, or of the pool with its blobs; null
/// where there is none.
/// </summary>
/// <param name="blocks">Finds blocks.</param>
/// <param name="pool">What waits for a block.</param>
public sealed class EthGetRawTransactionByHash(BlockLookup blocks, TransactionPool pool) : RpcQuery<Hash256, HexData?>
{
    /// <inheritdoc/>
    public override string Name => "eth_getRawTransactionByHash";

    /// <inheritdoc/>
    protected override Hash256 Read(ref ParameterReader reader) => reader.Hash();

    /// <inheritdoc/>
    protected override RpcResult<HexData?> Answer(Hash256 parameters)
    {
        if (blocks.Ledger.TryGetTransaction(parameters, out LedgerTransaction found))
        {
            return (HexData)found.Transaction.Encoded;
        }

        if (!pool.TryGet(parameters, out Transaction? waiting))
        {
            return new RpcResult<HexData?>(null);
        }

        return (HexData)RawEncoding.NetworkFormOf(waiting);
    }
}
