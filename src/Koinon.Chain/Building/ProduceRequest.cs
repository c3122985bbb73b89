using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Building;

/// <summary>A block that is asked for by command.</summary>
public sealed record ProduceRequest
{
    /// <summary>What waits, or nothing: an ordinary block.</summary>
    public static ProduceRequest Usual { get; } = new();

    /// <summary>What waits, and no block where nothing does.</summary>
    public static ProduceRequest OfWaiting { get; } = new() { AllowsEmpty = false };

    /// <summary>What it is to be like, above what the next block is to be like anyway.</summary>
    public NextBlock Block { get; init; } = NextBlock.Usual;

    /// <summary>How many seconds after its parent it comes; <see langword="null"/> where something else says so.
    /// </summary>
    public ulong? SecondsAfterParent { get; init; }

    /// <summary>Whether more follow at once, so that an empty one may be written together with those.</summary>
    public bool HasFollowers { get; init; }

    /// <summary>Whether a block without transactions is wanted.</summary>
    public bool AllowsEmpty { get; init; } = true;

    /// <summary>Exactly these transactions, in this order; what waits in the pool where it is left out.</summary>
    public IReadOnlyList<Transaction>? Transactions { get; init; }
}
