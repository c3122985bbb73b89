using Koinon.Chain;
using Koinon.Chain.Ledger;
using Koinon.Evm;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;
using Koinon.State;

namespace Koinon.Rpc.Eth;

/// <summary>
/// <c>eth_callMany</c>: runs bundles of calls one after another, each on what those before it left behind.
/// </summary>
/// <param name="calls">Runs calls.</param>
public sealed class EthCallMany(CallRunner calls)
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
        RpcResult<LedgerBlock> found = calls.Find(parameters.Place.Block);
        if (found.Error is not null)
        {
            return found.Error;
        }

        using CallDeadline deadline = calls.StartDeadline(cancellation);
        RpcResult<OverlayView> start = StateAt(found.Value!, parameters.Place.TransactionIndex, deadline);
        if (start.Error is not null)
        {
            return start.Error;
        }

        OverlayView state = start.Value!;
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

    /// <summary>The state after a block, or inside it before one of its transactions.</summary>
    private RpcResult<OverlayView> StateAt(LedgerBlock block, ulong? index, CallDeadline deadline)
    {
        if (index is not { } before || before >= (ulong)block.Block.Transactions.Count)
        {
            return new OverlayView(block.State!);
        }

        Ledger ledger = calls.Blocks.Ledger;
        if (!ledger.TryGet(block.Header.ParentHash, out LedgerBlock? parent) || parent.State is not { } parentState)
        {
            return calls.Blocks.StateGone(parent ?? block);
        }

        BlockExecution execution = new(
            ledger.Executor.Transactions,
            ledger.Genesis.Network,
            block.Rules,
            HeaderDraft.Of(block.Header),
            block.Sealed.Author,
            parentState,
            new Ancestry(ledger, parent));
        for (int i = 0; i < (int)before; i++)
        {
            deadline.Token.ThrowIfCancellationRequested();
            execution.Execute(block.Block.Transactions[i]);
        }

        return new OverlayView(execution.State);
    }
}
