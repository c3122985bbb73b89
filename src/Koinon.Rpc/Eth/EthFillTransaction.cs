using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Debug;
using Koinon.Rpc.Development.Sending;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>
/// <c>eth_fillTransaction</c>: fills in what a transaction lacks, for the caller to sign; one that would revert is
/// refused with its reason.
/// </summary>
/// <param name="filler">Fills in.</param>
/// <param name="calls">Runs calls, for the gas limit.</param>
public sealed class EthFillTransaction(TransactionFiller filler, CallRunner calls)
    : RpcMethod<CallRequest, FilledTransactionJson>
{
    private readonly GasEstimator _estimator = new(calls);

    /// <inheritdoc/>
    public override string Name => "eth_fillTransaction";

    /// <inheritdoc/>
    protected override CallRequest Read(ref ParameterReader reader) => reader.Required(CallRequestReader.Read);

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<FilledTransactionJson>> RunAsync(
        CallRequest parameters, CancellationToken cancellation)
    {
        Address sender = filler.SenderOf(parameters);
        RpcResult<CallRequest> whole = await filler.FillBlobsAsync(parameters with { From = sender }, cancellation)
            .ConfigureAwait(false);
        if (whole.Error is not null)
        {
            return whole.Error;
        }

        CallRequest request = whole.Value!;
        RpcResult<ulong> gas = request.Gas is { } named
            ? named
            : await _estimator.EstimateAsync(request, calls.EstimatedOn, cancellation).ConfigureAwait(false);
        if (gas.Error is not null)
        {
            return gas.Error;
        }

        RpcResult<Transaction> filled = await filler.FillAsync(request with { Gas = gas.Value }, cancellation)
            .ConfigureAwait(false);
        if (filled.Error is not null)
        {
            return filled.Error;
        }

        Transaction transaction = filled.Value!;
        return new FilledTransactionJson(
            RawEncoding.NetworkFormOf(transaction), TransactionJson.Of(transaction, null) with { From = sender });
    }
}
