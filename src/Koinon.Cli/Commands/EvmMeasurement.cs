using Koinon.Evm;
using Koinon.Evm.Forks;
using Koinon.Primitives.State;

namespace Koinon.Cli.Commands;

/// <summary>A call's outcome and its times: the message call alone, set-up not counted.</summary>
/// <param name="Outcome">What the first run did; the others do the same.</param>
/// <param name="First">Milliseconds of the first run, in which the code is decoded.</param>
/// <param name="Least">The least milliseconds of the runs after it; of the first where there is no other.</param>
/// <param name="Median">Their median.</param>
internal sealed record EvmMeasurement(CallOutcome Outcome, double First, double Least, double Median)
{
    /// <summary>Runs a call a number of times.</summary>
    internal static EvmMeasurement Take(
        TransactionExecutor executor, Fork fork, IStateView state, Message message, int repetitions) =>
        Take(executor, fork, state, message, repetitions, repetitions, double.PositiveInfinity);

    /// <summary>Runs a call often enough for a steady figure, within a bound of time.</summary>
    /// <param name="executor">Runs it.</param>
    /// <param name="fork">The rules.</param>
    /// <param name="state">The state, the same for each run.</param>
    /// <param name="message">The call.</param>
    /// <param name="least">Runs at least.</param>
    /// <param name="most">Runs at most.</param>
    /// <param name="milliseconds">No further run begins after as much time in runs.</param>
    internal static EvmMeasurement Take(
        TransactionExecutor executor,
        Fork fork,
        IStateView state,
        Message message,
        int least,
        int most,
        double milliseconds)
    {
        var block = new BlockEnvironment();
        (CallOutcome outcome, TimeSpan elapsed) = executor.CallTimed(fork, block, state, message, TimeProvider.System);
        double first = elapsed.TotalMilliseconds;
        double spent = first;
        var times = new List<double>();
        while (times.Count + 1 < least || (times.Count + 1 < most && spent < milliseconds))
        {
            (_, elapsed) = executor.CallTimed(fork, block, state, message, TimeProvider.System);
            times.Add(elapsed.TotalMilliseconds);
            spent += elapsed.TotalMilliseconds;
        }

        if (times.Count == 0)
        {
            return new EvmMeasurement(outcome, first, first, first);
        }

        times.Sort();
        return new EvmMeasurement(outcome, first, times[0], times[times.Count / 2]);
    }
}
