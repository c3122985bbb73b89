namespace Koinon.Chain.Ledger;

/// <summary>A store does not hold the ledger that was asked for. Its text says what to do about it.</summary>
/// <param name="error">Why.</param>
/// <param name="message">What was found and what would help.</param>
public sealed class LedgerException(LedgerError error, string message) : Exception(message)
{
    /// <summary>Why.</summary>
    public LedgerError Error { get; } = error;

    /// <summary>What was read cannot be what was written.</summary>
    /// <param name="what">What is damaged.</param>
    internal static LedgerException Damaged(string what) => new(
        LedgerError.Damaged, $"the data directory is damaged: {what}. 'koinon db verify' tells more.");
}
