using Koinon.Primitives;

namespace Koinon.Chain.Ledger;

/// <summary>Which logs of the canonical chain are looked for.</summary>
public sealed record LogQuery
{
    /// <summary>The first block.</summary>
    public required ulong From { get; init; }

    /// <summary>The last block.</summary>
    public required ulong To { get; init; }

    /// <summary>The contracts, any of them; none for all.</summary>
    public IReadOnlyList<Address> Addresses { get; init; } = [];

    /// <summary>For each topic's position the topics, any of them; none for all, also for those that have no topic
    /// there. At most four positions.</summary>
    public IReadOnlyList<IReadOnlyList<Hash256>> Topics { get; init; } = [];
}
