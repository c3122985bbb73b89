using Koinon.State.Stored;

namespace Koinon.Chain.Ledger;

/// <summary>An edit of the state at a block, as it can be undone.</summary>
/// <param name="Number">The block.</param>
/// <param name="Former">What takes it back.</param>
internal readonly record struct LedgerEdit(ulong Number, StateEdit Former);
