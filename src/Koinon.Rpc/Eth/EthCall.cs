using Koinon.Evm;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_call</c>: runs a call on the state after a block and answers what it returns.</summary>
/// <param name="calls">Runs calls.</param>
public sealed class EthCall(CallRunner calls) : RpcMethod<CallParameters, HexData>
{
    /// <inheritdoc/>
    public override string Name => "eth_call";

    /// <inheritdoc/>
    protected override CallParameters Read(ref ParameterReader reader) => CallParameters.Read(ref reader);

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<HexData>> RunAsync(
        CallParameters parameters, CancellationToken cancellation)
    {
        using CallDeadline deadline = calls.StartDeadline(cancellation);
        RpcResult<CallContext> context = await calls.PrepareAsync(
            parameters.Block, parameters.Accounts, parameters.BlockOverride, deadline.Token).ConfigureAwait(false);
        if (context.Error is not null)
        {
            return context.Error;
        }

        CallRequest call = parameters.Call;
        RpcResult<TransactionOutcome> run = await calls.RunAsync(
            context.Value!, call, calls.GasOf(call), deadline.Token).ConfigureAwait(false);
        if (run.Error is not null)
        {
            return run.Error;
        }

        TransactionOutcome outcome = run.Value!;
        return outcome.Succeeded
            ? (HexData)outcome.ReturnData
            : deadline.ErrorOf(outcome) ?? ExecutionErrors.ErrorOf(outcome);
    }
}
