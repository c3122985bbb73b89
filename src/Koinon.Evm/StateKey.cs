using Koinon.Primitives;

namespace Koinon.Evm;

/// <summary>Something of the state that a run needs and the view does not hold.</summary>
/// <param name="Address">An account, with its slot where one is named.</param>
/// <param name="Slot">A slot of the account.</param>
/// <param name="CodeHash">Code by its hash; then neither account nor slot is named.</param>
public readonly record struct StateKey(Address? Address, UInt256? Slot, Hash256? CodeHash)
{
    /// <summary>The number of a block whose hash is asked for; then nothing else is named.</summary>
    public ulong? BlockNumber { get; init; }

    /// <summary>The hash of a block.</summary>
    public static StateKey HashOf(ulong number) => new(null, null, null) { BlockNumber = number };
}
