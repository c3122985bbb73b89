using Koinon.Evm.Forks;
using Koinon.Evm.Frames;
using Koinon.Evm.Tracing;
using Koinon.Primitives;
using Koinon.Primitives.State;

namespace Koinon.Evm;

// Calls without a transaction around them.
public sealed partial class TransactionExecutor
{
    private const long SystemCallGas = 30_000_000;

    /// <summary>Who makes system calls (EIP-4788).</summary>
    public static Address SystemAddress { get; } = Address.Parse("0xfffffffffffffffffffffffffffffffffffffffe");

    /// <summary>Calls a system contract (EIP-4788, EIP-2935, EIP-7002, EIP-7251).</summary>
    /// <param name="fork">The rules.</param>
    /// <param name="block">The block whose start or end this is.</param>
    /// <param name="state">The state before the call.</param>
    /// <param name="contract">Whom to call; whether there is code must be asked before.</param>
    /// <param name="input">The call's data.</param>
    /// <returns>What the call did; nothing is paid, and its gas counts nowhere.</returns>
    public CallOutcome CallSystem(
        Fork fork, BlockEnvironment block, IStateView state, in Address contract, ReadOnlyMemory<byte> input) =>
        Call(fork, block, state, new Message
        {
            Caller = SystemAddress,
            Target = contract,
            Input = input,
            Gas = SystemCallGas,
            Origin = SystemAddress,
        });

    /// <summary>Makes a bare call: no intrinsic gas, no nonce, no fee.</summary>
    public CallOutcome Call(
        Fork fork, BlockEnvironment block, IStateView state, Message message, CancellationToken cancellation = default)
    {
        NoTracer tracer = default;
        return Call(fork, block, state, message, ref tracer, cancellation);
    }

    /// <summary>Makes a bare call that a tracer listens to.</summary>
    /// <remarks>Caller, target and precompiles are warm; every other account and all slots are cold.</remarks>
    public CallOutcome Call<TTracer>(
        Fork fork,
        BlockEnvironment block,
        IStateView state,
        Message message,
        ref TTracer tracer,
        CancellationToken cancellation = default)
        where TTracer : struct, ITracer
    {
        Machine machine = _resources.Rent();
        try
        {
            BeginCall(machine, fork, block, state, message, cancellation);
            machine.TracesFrames = TTracer.TracesFrames;
            long gasLeft = RunFirstFrame(machine, message, created: null, ref tracer);
            return new CallOutcome
            {
                Halt = machine.State.IsUnavailable ? HaltReason.StateUnavailable : machine.Halt,
                HaltText = machine.HaltText,
                GasLeft = gasLeft,
                GasUsed = message.Gas - gasLeft,
                Refund = machine.State.Refund,
                ReturnData = machine.ReturnData.ToArray(),
                Logs = machine.State.CollectLogs(),
                Changes = machine.State.CollectChanges(fork.EmptyAccounts),
                MissingKeys = [.. machine.State.Missing],
            };
        }
        finally
        {
            _resources.Return(machine);
        }
    }

    /// <summary>Times the run of a bare call alone: what is before and after it does not count.</summary>
    /// <param name="fork">The rules.</param>
    /// <param name="block">What the call sees of a block.</param>
    /// <param name="state">The state before it.</param>
    /// <param name="message">Who calls whom with what.</param>
    /// <param name="clock">Tells the time.</param>
    /// <returns>The outcome, and the ticks from before the first instruction to after the last; decoding counts where
    /// the code was not decoded before.</returns>
    public (CallOutcome Outcome, TimeSpan Elapsed) CallTimed(
        Fork fork, BlockEnvironment block, IStateView state, Message message, TimeProvider clock)
    {
        NoTracer tracer = default;
        Machine machine = _resources.Rent();
        try
        {
            BeginCall(machine, fork, block, state, message, default);
            long start = clock.GetTimestamp();
            long gasLeft = RunFirstFrame(machine, message, created: null, ref tracer);
            TimeSpan elapsed = clock.GetElapsedTime(start);
            var outcome = new CallOutcome
            {
                Halt = machine.Halt,
                GasLeft = gasLeft,
                GasUsed = message.Gas - gasLeft,
                Refund = machine.State.Refund,
                ReturnData = machine.ReturnData.ToArray(),
            };
            return (outcome, elapsed);
        }
        finally
        {
            _resources.Return(machine);
        }
    }

    private static void BeginCall(
        Machine machine, Fork fork, BlockEnvironment block, IStateView state, Message message,
            CancellationToken cancellation)
    {
        machine.Begin(fork, state, cancellation);
        machine.Environment.Load(block, fork);
        machine.Environment.Load(message.Origin, message.GasPrice, []);
        machine.State.Warm(machine.State.Intern(message.Caller));
        machine.State.Warm(machine.State.Intern(message.Target));
    }
}
