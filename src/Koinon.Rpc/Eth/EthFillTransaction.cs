using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Development;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>
/// <c>eth_fillTransaction</c>: fills in what a transaction lacks, for the caller to sign; one that would revert is
/// refused with its reason.
/// </summary>
/// <param name="filler">Fills in.</param>
public sealed class EthFillTransaction(TransactionFiller filler) : RpcMethod<CallRequest, FilledTransactionJson>
{
    /// <inheritdoc/>
    public override string Name => "eth_fillTransaction";

    /// <inheritdoc/>
    protected override CallRequest Read(ref ParameterReader reader) => reader.Required(CallRequestReader.Read);

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<FilledTransactionJson>> RunAsync(
        CallRequest parameters, CancellationToken cancellation)
    {
        RpcResult<Transaction> filled = await filler.FillAsync(parameters, cancellation).ConfigureAwait(false);
        if (filled.Error is not null)
        {
            return filled.Error;
        }

        Address sender = filler.SenderOf(parameters);
        return new FilledTransactionJson(
            filled.Value!.Encoded, TransactionJson.Of(filled.Value, null) with { From = sender });
    }
}
