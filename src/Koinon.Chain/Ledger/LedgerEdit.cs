using Koinon.Primitives;
using Koinon.State.Stored;

namespace Koinon.Chain.Ledger;

/// <summary>An edit of the state at a block, as it can be undone.</summary>
/// <param name="Order">How many edits there had been with it.</param>
/// <param name="Number">Number of the block.</param>
/// <param name="Block">Hash of the block.</param>
/// <param name="Former">What takes it back.</param>
internal readonly record struct LedgerEdit(long Order, ulong Number, Hash256 Block, StateEdit Former);
