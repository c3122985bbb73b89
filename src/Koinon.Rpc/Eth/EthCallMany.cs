using Koinon.Chain.Ledger;
using Koinon.Evm;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Tracing;
using Koinon.State;

namespace Koinon.Rpc.Eth;

/// <summary>
/// <c>eth_callMany</c>: runs bundles of calls one after another, each on what those before it left behind.
/// </summary>
/// <param name="traces">Runs calls, and blocks up to where the calls begin.</param>
public sealed class EthCallMany(TraceRunner traces)
    : RpcMethod<CallManyParameters, IReadOnlyList<IReadOnlyList<CallManyResultJson>>>
{
    /// <inheritdoc/>
    public override string Name => "eth_callMany";

    /// <inheritdoc/>
    protected override CallManyParameters Read(ref ParameterReader reader) => CallManyParameters.Read(ref reader);

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<IReadOnlyList<IReadOnlyList<CallManyResultJson>>>> RunAsync(
        CallManyParameters parameters, CancellationToken cancellation)
    {
        CallRunner calls = traces.Calls;
        RpcResult<LedgerBlock> found = calls.Find(parameters.Place.Block);
        if (found.Error is not null)
        {
            return found.Error;
        }

        using CallDeadline deadline = calls.StartDeadline(cancellation);
        RpcResult<IStateView> start = await StateAtAsync(
            found.Value!, parameters.Place.TransactionIndex, deadline.Token).ConfigureAwait(false);
        if (start.Error is not null)
        {
            return start.Error;
        }

        OverlayView state = new(start.Value!);
        IReadOnlyList<StateOverride>? accounts = parameters.Accounts;
        List<IReadOnlyList<CallManyResultJson>> answer = [];
        foreach (CallBundle bundle in parameters.Bundles)
        {
            // The overrides of accounts hold from the first bundle on: what is left behind stands above them.
            RpcResult<CallContext> context = await calls.PrepareAsync(
                found.Value!, state, accounts, bundle.Block, deadline.Token).ConfigureAwait(false);
            if (context.Error is not null)
            {
                return context.Error;
            }

            state = context.Value!.State as OverlayView ?? state;
            accounts = null;
            List<CallManyResultJson> results = new(bundle.Calls.Count);
            foreach (CallRequest call in bundle.Calls)
            {
                RpcResult<TransactionOutcome> run = await calls.RunAsync(
                    context.Value, call, calls.GasOf(call), deadline.Token).ConfigureAwait(false);
                if (run.Error is not null || run.Value!.Halt == HaltReason.Cancelled)
                {
                    return run.Error ?? deadline.Error();
                }

                state.Apply(run.Value!.Changes);
                results.Add(ShapeOf(run.Value));
            }

            answer.Add(results);
        }

        return answer;
    }

    private static CallManyResultJson ShapeOf(TransactionOutcome outcome) =>
        outcome.Succeeded
            ? new CallManyResultJson(outcome.ReturnData, null)
            : new CallManyResultJson(null, ExecutionErrors.ErrorOf(outcome).Message);

    // The state after a block, or inside it before one of its transactions.
    private ValueTask<RpcResult<IStateView>> StateAtAsync(
        LedgerBlock block, ulong? index, CancellationToken cancellation) =>
        index < (ulong)block.Block.Transactions.Count
            ? traces.StateBeforeAsync(block, index.Value, cancellation)
            : new(new RpcResult<IStateView>(block.State!));
}
