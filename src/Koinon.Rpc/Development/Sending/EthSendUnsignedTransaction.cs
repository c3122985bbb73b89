using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Development.Sending;

/// <summary>
/// <c>eth_sendUnsignedTransaction</c>: takes a transaction in any account's name, signed by nobody.
/// </summary>
/// <param name="filler">Fills in what it lacks.</param>
/// <param name="entry">Takes transactions.</param>
public sealed class EthSendUnsignedTransaction(TransactionFiller filler, ITransactionEntry entry)
    : RpcMethod<CallRequest, Hash256>
{
    /// <inheritdoc/>
    public override string Name => "eth_sendUnsignedTransaction";

    /// <inheritdoc/>
    protected override CallRequest Read(ref ParameterReader reader) => reader.Required(CallRequestReader.Read);

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<Hash256>> RunAsync(
        CallRequest parameters, CancellationToken cancellation)
    {
        Address sender = filler.SenderOf(parameters);
        using IDisposable turn = await entry.TakeTurnAsync(sender, cancellation).ConfigureAwait(false);
        RpcResult<Transaction> filled = await filler.FillAsync(parameters, cancellation).ConfigureAwait(false);
        if (filled.Error is not null)
        {
            return filled.Error;
        }

        Transaction transaction = filled.Value!.WithUnsignedSender(sender);
        RpcError? refused = await entry.SubmitAsync(transaction, cancellation).ConfigureAwait(false);
        return refused is not null ? refused : transaction.Hash;
    }
}
