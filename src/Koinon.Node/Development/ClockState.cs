namespace Koinon.Node.Development;

/// <summary>What a development chain's clock says at one moment, to be said again after a revert.</summary>
/// <param name="Time">The chain's time.</param>
/// <param name="Next">The time named for the next block.</param>
/// <param name="Interval">The fixed distance between blocks.</param>
internal readonly record struct ClockState(ulong Time, ulong? Next, ulong? Interval);
