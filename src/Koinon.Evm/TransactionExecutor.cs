using System.Diagnostics;
using Koinon.Evm.Forks;
using Koinon.Evm.Frames;
using Koinon.Evm.Instructions;
using Koinon.Evm.Journal;
using Koinon.Evm.Tracing;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;

namespace Koinon.Evm;

/// <summary>Executes transactions, system calls and bare calls over a view of the state, touching nothing.</summary>
/// <remarks>
/// Thread-safe: each execution rents a machine. What an execution did is returned as <see cref="StateChanges"/>; the
/// view stays as it was.
/// </remarks>
public sealed partial class TransactionExecutor
{
    private readonly ExecutionResources _resources;

    /// <summary>An executor over shared resources.</summary>
    public TransactionExecutor(ExecutionResources resources) => _resources = resources;

    /// <summary>Executes a transaction.</summary>
    /// <param name="fork">The rules.</param>
    /// <param name="block">The block that it stands in.</param>
    /// <param name="state">The state before it.</param>
    /// <param name="transaction">The transaction; its signature is not looked at.</param>
    /// <param name="sender">Who sent it.</param>
    /// <param name="limits">What the block has left.</param>
    /// <param name="cancellation">Looked at each time a slice of gas is used up; the run then ends as
    /// <see cref="HaltReason.Cancelled"/>.</param>
    /// <returns>An outcome whose <see cref="TransactionOutcome.Error"/> says whether it could be executed.</returns>
    public TransactionOutcome Execute(
        Fork fork,
        BlockEnvironment block,
        IStateView state,
        Transaction transaction,
        in Address sender,
        in ExecutionLimits limits,
        CancellationToken cancellation = default)
    {
        NoTracer tracer = default;
        return Execute(fork, block, state, transaction, sender, limits, ref tracer, cancellation);
    }

    /// <summary>Executes a transaction that a tracer listens to.</summary>
    /// <remarks>As without a tracer, which is then told of each step, frame and log as its type asks.</remarks>
    public TransactionOutcome Execute<TTracer>(
        Fork fork,
        BlockEnvironment block,
        IStateView state,
        Transaction transaction,
        in Address sender,
        in ExecutionLimits limits,
        ref TTracer tracer,
        CancellationToken cancellation = default)
        where TTracer : struct, ITracer
    {
        TransactionError error = TransactionRules.Check(transaction, fork, block, limits, out string? detail);
        if (error != TransactionError.None)
        {
            return new TransactionOutcome { Error = error, Detail = detail };
        }

        Machine machine = _resources.Rent();
        try
        {
            machine.Begin(fork, state, cancellation);
            machine.Observer = limits.Observer;
            machine.TracesFrames = TTracer.TracesFrames;
            UInt256 price = TransactionRules.EffectiveGasPrice(transaction, fork, block.BaseFee);
            error = CheckSender(machine, transaction, block, sender, limits, out detail);
            if (error == TransactionError.None)
            {
                machine.Environment.Load(block, fork);
                machine.Environment.Load(sender, price, transaction.BlobVersionedHashes);
                TransactionOutcome outcome = Run(machine, block, transaction, sender, price, limits, ref tracer);
                if (!machine.State.IsUnavailable)
                {
                    return outcome;
                }
            }

            return machine.State.IsUnavailable
                ? Unavailable(machine)
                : new TransactionOutcome { Error = error, Detail = detail };
        }
        finally
        {
            _resources.Return(machine);
        }
    }

    private static TransactionOutcome Unavailable(Machine machine) =>
        new() { Error = TransactionError.StateUnavailable, MissingKeys = [.. machine.State.Missing] };

    // What the sender's account must satisfy.
    private static TransactionError CheckSender(
        Machine machine,
        Transaction transaction,
        BlockEnvironment block,
        in Address sender,
        in ExecutionLimits limits,
        out string? detail)
    {
        JournaledState state = machine.State;
        int index = state.Intern(sender);
        ulong nonce = state[index].Nonce;
        detail = null;
        if (!limits.IsLenient && transaction.Nonce != nonce)
        {
            detail = $"nonce {transaction.Nonce}, the account's next is {nonce}";
            return transaction.Nonce < nonce ? TransactionError.NonceTooLow : TransactionError.NonceTooHigh;
        }

        // Who did not sign may be a contract: a development chain lets any account send.
        if (!limits.IsSimulation && !transaction.IsUnsigned && state[index].HasCode &&
            !(machine.Fork.HasDelegations && Delegation.Is(state.CodeOf(index).Span)))
        {
            detail = $"{sender} is a contract";
            return TransactionError.SenderNotExternallyOwned;
        }

        UInt256 blobGas = TransactionRules.BlobGas(transaction, machine.Fork);
        if (UInt256.MultiplyOverflow(transaction.GasLimit, transaction.MaxFeePerGas, out UInt256 gasCost))
        {
            detail = $"gas limit {transaction.GasLimit} at a fee of {transaction.MaxFeePerGas} is over 2^256-1 wei";
            return TransactionError.GasPriceProductOverflow;
        }

        bool overflows = UInt256.MultiplyOverflow(blobGas, transaction.MaxFeePerBlobGas, out UInt256 blobCost);
        overflows |= UInt256.AddOverflow(gasCost, blobCost, out UInt256 cost);
        overflows |= UInt256.AddOverflow(cost, transaction.Value, out cost);
        if (overflows || state[index].Balance < cost)
        {
            string needed = overflows ? "over 2^256-1" : cost.ToString();
            detail = $"{sender} holds {state[index].Balance} wei, value and fees may take {needed}";
            return TransactionError.InsufficientFunds;
        }

        return TransactionError.None;
    }

    private static TransactionOutcome Run<TTracer>(
        Machine machine,
        BlockEnvironment block,
        Transaction transaction,
        in Address sender,
        in UInt256 price,
        in ExecutionLimits limits,
        ref TTracer tracer)
        where TTracer : struct, ITracer
    {
        Fork fork = machine.Fork;
        JournaledState state = machine.State;
        ulong blobGas = TransactionRules.BlobGas(transaction, fork);
        int senderIndex = state.Intern(sender);

        // A question may name any nonce: its effects are those of the account's next one.
        ulong nonce = limits.IsLenient ? state[senderIndex].Nonce : transaction.Nonce;

        // No product or sum here overflows: CheckSender has compared the greatest of each with the balance.
        bool asksForFreeBlobs = limits.IsLenient && transaction.MaxFeePerBlobGas.IsZero;
        UInt256 blobPrice = asksForFreeBlobs ? UInt256.Zero : block.BlobBaseFee;
        UInt256 prepaid = unchecked((transaction.GasLimit * price) + (blobGas * blobPrice));
        state.SubtractBalance(senderIndex, prepaid);
        state.SetNonce(senderIndex, unchecked(nonce + 1));
        WarmUp(machine, block, transaction, senderIndex);
        Authorize(machine, block, transaction);
        IntrinsicGas intrinsic = IntrinsicGas.Of(transaction, fork);
        Address? created = transaction.IsCreation ? ContractAddress.Of(sender, nonce) : null;
        long gas = (long)Math.Min(transaction.GasLimit - intrinsic.Total, long.MaxValue);
        var message = new Message
        {
            Caller = sender,
            Target = transaction.To ?? default,
            Input = transaction.Data,
            Value = transaction.Value,
            Gas = gas,
            Origin = sender,
            GasPrice = price,
        };
        long gasLeft = RunFirstFrame(machine, message, created, ref tracer);
        ulong used = transaction.GasLimit - (ulong)gasLeft;
        ulong refund = Math.Min(used / (ulong)fork.Gas.RefundQuotient, (ulong)Math.Max(0, state.Refund));
        ulong peak = Math.Max(used, intrinsic.Floor);
        used = Math.Max(used - refund, intrinsic.Floor);
        Settle(machine, block, transaction, senderIndex, price, used);
        return new TransactionOutcome
        {
            Halt = machine.Halt,
            HaltText = machine.HaltText,
            GasUsed = used,
            GasRefunded = refund,
            GasPeak = peak,
            BlobGasUsed = blobGas,
            EffectiveGasPrice = price,
            Logs = state.CollectLogs(),
            ReturnData = machine.ReturnData.ToArray(),
            CreatedAddress = created,
            Changes = state.CollectChanges(fork.EmptyAccounts),
        };
    }

    private static long RunFirstFrame<TTracer>(Machine machine, Message message, Address? created, ref TTracer tracer)
        where TTracer : struct, ITracer
    {
        bool runs = created is { } address
            ? machine.EnterFirstCreation(message, address, out long gasLeft)
            : machine.EnterFirst(message, out gasLeft);
        if (TTracer.TracesFrames)
        {
            tracer.OnFrameStart(machine.LastCall);
        }

        if (runs)
        {
            return Interpreter.Run(machine, ref tracer);
        }

        if (TTracer.TracesFrames)
        {
            tracer.OnFrameEnd(new FrameEnd(machine.Halt, message.Gas - gasLeft, machine.ReturnData)
            {
                Error = machine.HaltText,
            });
        }

        return gasLeft;
    }

    // What is warm before the first instruction (EIP-2929, EIP-2930, EIP-3651). Precompiles are so by themselves.
    private static void WarmUp(Machine machine, BlockEnvironment block, Transaction transaction, int sender)
    {
        if (!machine.Fork.HasColdAccess)
        {
            return;
        }

        JournaledState state = machine.State;
        state.Warm(sender);
        if (transaction.To is { } to)
        {
            state.Warm(state.Intern(to));
        }

        if (machine.Fork.HasWarmBeneficiary)
        {
            state.Warm(state.Intern(block.Beneficiary));
        }

        foreach (AccessListEntry entry in transaction.AccessList)
        {
            int account = state.Intern(entry.Address);
            state.Warm(account);
            foreach (UInt256 slot in entry.Slots)
            {
                if (!state.Slot(account, slot, out int index).IsWarm)
                {
                    state.WarmSlot(index);
                }
            }
        }
    }

    // EIP-7702: points each authority's code where it asked; an authorization that does not fit is passed over.
    private static void Authorize(Machine machine, BlockEnvironment block, Transaction transaction)
    {
        JournaledState state = machine.State;
        Span<byte> code = stackalloc byte[Delegation.Length];
        foreach (Authorization authorization in transaction.AuthorizationList)
        {
            if ((!authorization.ChainId.IsZero && authorization.ChainId != block.ChainId) ||
                authorization.Nonce == ulong.MaxValue ||
                !authorization.TryRecoverAuthority(out Address authority))
            {
                continue;
            }

            int account = state.Intern(authority);
            state.Warm(account);
            bool isPlain = !state[account].HasCode || Delegation.Is(state.CodeOf(account).Span);
            if (!isPlain || state[account].Nonce != authorization.Nonce)
            {
                continue;
            }

            state.Refund += state[account].Exists ? machine.Fork.Gas.AuthorizationRefund : 0;
            Delegation.Write(authorization.Address, code);
            state.SetCode(account, authorization.Address.IsZero ? [] : code);
            state.SetNonce(account, authorization.Nonce + 1);
        }
    }

    // Gives back what was not used and pays the block's beneficiary.
    private static void Settle(
        Machine machine, BlockEnvironment block, Transaction transaction, int sender, in UInt256 price, ulong used)
    {
        Debug.Assert(used <= transaction.GasLimit, "Nothing uses more gas than its limit.");
        JournaledState state = machine.State;
        UInt256 tip = machine.Fork.HasBaseFee && price >= block.BaseFee ? unchecked(price - block.BaseFee)
            : machine.Fork.HasBaseFee ? UInt256.Zero
            : price;
        state.AddBalance(sender, unchecked((transaction.GasLimit - used) * price));
        state.AddBalance(state.Intern(block.Beneficiary), unchecked(used * tip));
    }
}
