using Koinon.Primitives.Blocks;
using Koinon.Primitives.State;

namespace Koinon.Node.Development.States;

/// <summary>A block of a state file that holds the whole chain.</summary>
/// <param name="Block">The block.</param>
/// <param name="Receipts">What became of its transactions.</param>
/// <param name="Changes">
/// What leads from the state after the block before to its own; the whole state for the first block.
/// </param>
internal sealed record HistoryBlock(Block Block, IReadOnlyList<Receipt> Receipts, StateChanges Changes);
