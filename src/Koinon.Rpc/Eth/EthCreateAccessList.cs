using Koinon.Evm;
using Koinon.Evm.Precompiles;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_createAccessList</c>: what a call touches, as an access list that announces it (EIP-2930).</summary>
/// <param name="calls">Runs calls.</param>
public sealed class EthCreateAccessList(CallRunner calls) : RpcMethod<CallParameters, CreatedAccessListJson>
{
    /// <summary>Most runs: a list that changes what is touched leads to another list, and that need not end.</summary>
    private const int RunsMax = 16;

    /// <inheritdoc/>
    public override string Name => "eth_createAccessList";

    /// <inheritdoc/>
    protected override CallParameters Read(ref ParameterReader reader) => CallParameters.Read(ref reader);

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<CreatedAccessListJson>> RunAsync(
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
        HashSet<Address> excluded = ExcludedOf(call, context.Value!);
        IReadOnlyList<AccessListEntry> list = call.AccessList ?? [];
        for (int runs = 1; ; runs++)
        {
            CallRequest withList = call with { AccessList = list };
            RpcResult<(TransactionOutcome Outcome, AccessTracer Tracer)> run = await calls.TraceAsync(
                context.Value!, withList, calls.GasOf(call), () => TracerOf(excluded, list), deadline.Token)
                .ConfigureAwait(false);
            if (run.Error is not null)
            {
                return run.Error;
            }

            TransactionOutcome outcome = run.Value.Outcome;
            if (outcome.Error != TransactionError.None || outcome.Halt == HaltReason.Cancelled)
            {
                return deadline.ErrorOf(outcome) ?? ExecutionErrors.ErrorOf(outcome);
            }

            IReadOnlyList<AccessListEntry> touched = run.Value.Tracer.List();
            if (IsSame(touched, list) || runs == RunsMax)
            {
                return new CreatedAccessListJson
                {
                    AccessList = [.. touched.Select(AccessListEntryJson.Of)],
                    GasUsed = outcome.GasUsed,
                    Error = outcome.Succeeded
                        ? null
                        : ExecutionErrors.ErrorOf(outcome).Message,
                };
            }

            list = touched;
        }
    }

    private static AccessTracer TracerOf(HashSet<Address> excluded, IReadOnlyList<AccessListEntry> list)
    {
        AccessTracer tracer = new(excluded);
        tracer.Add(list);
        return tracer;
    }

    /// <summary>Who is warm anyway: sender, recipient or new contract, precompiles, and who delegates here.</summary>
    private static HashSet<Address> ExcludedOf(CallRequest call, CallContext context)
    {
        Address sender = call.From ?? Address.Zero;
        context.State.ReadAccount(sender, out Account account);
        HashSet<Address> excluded = [sender, call.To ?? ContractAddress.Of(sender, account.Nonce)];
        foreach (Precompile precompile in context.Fork.Precompiles.All)
        {
            excluded.Add(precompile.Address);
        }

        foreach (Authorization authorization in call.AuthorizationList ?? [])
        {
            if (authorization.TryRecoverAuthority(out Address authority))
            {
                excluded.Add(authority);
            }
        }

        return excluded;
    }

    private static bool IsSame(IReadOnlyList<AccessListEntry> left, IReadOnlyList<AccessListEntry> right)
    {
        // A run only adds to what was announced.
        int slotsLeft = left.Sum(static entry => entry.Slots.Count);
        return left.Count == right.Count && slotsLeft == right.Sum(static entry => entry.Slots.Count);
    }
}
