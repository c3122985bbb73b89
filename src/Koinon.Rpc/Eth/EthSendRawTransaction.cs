using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_sendRawTransaction</c>: takes a signed transaction, blobs with their sidecar.</summary>
/// <param name="entry">Takes transactions.</param>
public sealed class EthSendRawTransaction(ITransactionEntry entry) : RpcMethod<ReadOnlyMemory<byte>, Hash256>
{
    /// <inheritdoc/>
    public override string Name => "eth_sendRawTransaction";

    /// <inheritdoc/>
    protected override ReadOnlyMemory<byte> Read(ref ParameterReader reader) => reader.Data();

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<Hash256>> RunAsync(
        ReadOnlyMemory<byte> parameters, CancellationToken cancellation)
    {
        if (!SentTransaction.TryRead(parameters, out Transaction? transaction, out RpcError? error))
        {
            return error;
        }

        error = await entry.SubmitAsync(transaction, cancellation).ConfigureAwait(false);
        return error is null ? transaction.Hash : error;
    }
}
