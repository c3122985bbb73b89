using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_estimateGas</c>: the least gas limit with which a call succeeds.</summary>
/// <param name="calls">Runs calls.</param>
public sealed class EthEstimateGas(CallRunner calls) : RpcMethod<CallParameters, Quantity>
{
    private readonly GasEstimator _estimator = new(calls);

    /// <inheritdoc/>
    public override string Name => "eth_estimateGas";

    /// <inheritdoc/>
    protected override CallParameters Read(ref ParameterReader reader) =>
        CallParameters.Read(ref reader, calls.EstimatedOn);

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<Quantity>> RunAsync(
        CallParameters parameters, CancellationToken cancellation)
    {
        using CallDeadline deadline = calls.StartDeadline(cancellation);
        RpcResult<CallContext> context = await calls.PrepareAsync(
            parameters.Block, parameters.Accounts, parameters.BlockOverride, deadline.Token).ConfigureAwait(false);
        if (context.Error is not null)
        {
            return context.Error;
        }

        RpcResult<ulong> gas = await _estimator.EstimateAsync(parameters.Call, context.Value!, deadline)
            .ConfigureAwait(false);
        return gas.Error is null ? (Quantity)gas.Value : gas.Error;
    }
}
