using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Debug;

/// <summary><c>debug_getRawTransaction</c>: a transaction's encoding; nothing where there is none.</summary>
/// <param name="ledger">The chain.</param>
/// <param name="pool">What waits for a block.</param>
public sealed class DebugGetRawTransaction(Ledger ledger, TransactionPool pool) : RpcQuery<Hash256, HexData>
{
    /// <inheritdoc/>
    public override string Name => "debug_getRawTransaction";

    /// <inheritdoc/>
    protected override Hash256 Read(ref ParameterReader reader) => reader.Hash();

    /// <inheritdoc/>
    protected override RpcResult<HexData> Answer(Hash256 parameters)
    {
        if (ledger.TryGetTransaction(parameters, out LedgerTransaction found))
        {
            return (HexData)found.Transaction.Encoded;
        }

        return pool.TryGet(parameters, out Transaction? waiting) ? (HexData)waiting.Encoded : default(HexData);
    }
}
