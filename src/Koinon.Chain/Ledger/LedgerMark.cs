using Koinon.Primitives;

namespace Koinon.Chain.Ledger;

/// <summary>A place that a development chain can go back to: a block, and how often states were edited by
/// then.</summary>
/// <param name="Number">Number of the block that was the head.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Edits">How many edits there had been; those after it are undone.</param>
public readonly record struct LedgerMark(ulong Number, Hash256 Hash, long Edits);
