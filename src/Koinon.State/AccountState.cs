using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.State.Tables;
using Koinon.State.Tries;

namespace Koinon.State;

/// <summary>All that a version of the state holds of one account; immutable.</summary>
/// <param name="Key">Keccak-256 of the address: where the account stands in the trie.</param>
/// <param name="Account">Nonce, balance and code hash.</param>
/// <param name="Storage">The storage trie, keyed by the hashes of the slots.</param>
/// <param name="Slots">The same storage by slot, for reading; over a base only what changed, zero for what is gone.
/// </param>
/// <param name="Exists">Whether there is the account; false only over a base, whose account it hides.</param>
/// <param name="ReadsBase">Whether the base knows the slots that are not listed.</param>
internal sealed record AccountState(
    Hash256 Key,
    Account Account,
    MerkleTrie Storage,
    PersistentTable<UInt256, UInt256, WordHash> Slots,
    bool Exists = true,
    bool ReadsBase = false)
{
    /// <summary>No account, whatever the base says.</summary>
    internal static AccountState Gone(in Hash256 key) =>
        new(key, default, MerkleTrie.Empty, PersistentTable<UInt256, UInt256, WordHash>.Empty, false);
}
