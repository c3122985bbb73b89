using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Eth;

/// <summary>
/// <c>eth_sendRawTransactionSync</c>: takes a signed transaction and answers with its receipt (EIP-7966).
/// </summary>
/// <param name="entry">Takes transactions.</param>
/// <param name="receipts">Waits for receipts.</param>
public sealed class EthSendRawTransactionSync(ITransactionEntry entry, ReceiptWait receipts)
    : RpcMethod<(ReadOnlyMemory<byte> Transaction, ulong? WaitMs), ReceiptJson>
{
    /// <inheritdoc/>
    public override string Name => "eth_sendRawTransactionSync";

    /// <inheritdoc/>
    protected override (ReadOnlyMemory<byte> Transaction, ulong? WaitMs) Read(ref ParameterReader reader) =>
        (reader.Data(), reader.UInt64OrNone());

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<ReceiptJson>> RunAsync(
        (ReadOnlyMemory<byte> Transaction, ulong? WaitMs) parameters, CancellationToken cancellation)
    {
        if (!SentTransaction.TryRead(parameters.Transaction, out Transaction? transaction, out RpcError? error))
        {
            return error;
        }

        error = await entry.SubmitAsync(transaction, cancellation).ConfigureAwait(false);
        return error is null
            ? await receipts.WaitAsync(transaction.Hash, parameters.WaitMs, cancellation).ConfigureAwait(false)
            : error;
    }
}
