namespace Koinon.Node.Chains;

/// <summary>What came of an import.</summary>
/// <param name="Progress">How far it came.</param>
/// <param name="Error">What was wrong with the first block that was not taken, or with the file.</param>
/// <param name="IsCancelled">Whether it was ended before the file's end; it goes on when it is run again.</param>
public readonly record struct ImportResult(ImportProgress Progress, string? Error, bool IsCancelled);
