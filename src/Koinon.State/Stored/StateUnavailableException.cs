namespace Koinon.State.Stored;

/// <summary>
/// A version of the state is no longer there: its block was taken back, or its history or nodes were dropped.
/// </summary>
/// <remarks>
/// Thrown where an answer must be whole (roots, proofs, listings, changes to apply); single reads answer
/// <see cref="Primitives.State.ReadStatus.Unavailable"/> instead. Who meets it takes the newest version and begins
/// again.
/// </remarks>
/// <param name="message">Which version, and what is still there.</param>
public sealed class StateUnavailableException(string message) : Exception(message);
