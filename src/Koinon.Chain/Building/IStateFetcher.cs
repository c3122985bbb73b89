using Koinon.Evm;

namespace Koinon.Chain.Building;

/// <summary>Brings here what a state does not know yet: a forked chain's remote half.</summary>
public interface IStateFetcher
{
    /// <summary>Makes keys known to later reads of the state that they were missing from.</summary>
    /// <param name="missing">What a run came to and could not read.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Why they cannot be had, for people; <see langword="null"/> where they are here now.</returns>
    ValueTask<string?> FetchAsync(IReadOnlyList<StateKey> missing, CancellationToken cancellation);

    /// <summary>Makes keys known, and with them what the runs that missed them will come to, as far as can be told.
    /// </summary>
    /// <param name="missing">What the runs came to first and could not read.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Why they cannot be had, for people; <see langword="null"/> where they are here now.</returns>
    ValueTask<string?> FetchAheadAsync(
        IReadOnlyList<StateKey> missing, IReadOnlyList<PlannedRun> runs, CancellationToken cancellation) =>
        FetchAsync(missing, cancellation);
}
