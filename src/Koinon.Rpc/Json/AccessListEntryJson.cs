using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Rpc.Json;

/// <summary>An entry of an access list as answers show it (EIP-2930).</summary>
/// <param name="Address">The account.</param>
/// <param name="StorageKeys">Its slots, 32 bytes each.</param>
public sealed record AccessListEntryJson(Address Address, IReadOnlyList<Hash256> StorageKeys)
{
    /// <summary>The shape of an entry.</summary>
    public static AccessListEntryJson Of(AccessListEntry entry) =>
        new(entry.Address, [.. entry.Slots.Select(static slot => Hash256.FromWord(slot))]);
}
