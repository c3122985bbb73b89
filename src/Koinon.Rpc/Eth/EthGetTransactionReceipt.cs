using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_getTransactionReceipt</c>: what became of a transaction; null until it stands in a block.</summary>
/// <param name="blocks">Finds blocks.</param>
public sealed class EthGetTransactionReceipt(BlockLookup blocks) : RpcQuery<Hash256, ReceiptJson?>
{
    /// <inheritdoc/>
    public override string Name => "eth_getTransactionReceipt";

    /// <inheritdoc/>
    protected override Hash256 Read(ref ParameterReader reader) =>
        reader.Hash();

    /// <inheritdoc/>
    protected override RpcResult<ReceiptJson?> Answer(Hash256 parameters) =>
        blocks.Ledger.TryGetTransaction(parameters, out LedgerTransaction found)
            ? BlockReceipts.Of(found)
            : null;
}
