using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.State.Tables;
using Koinon.State.Tries;

namespace Koinon.State;

/// <summary>All that a version of the state holds of one account; immutable.</summary>
/// <param name="Key">Keccak-256 of the address: where the account stands in the trie.</param>
/// <param name="Account">Nonce, balance and code hash.</param>
/// <param name="Storage">The storage trie, keyed by the hashes of the slots.</param>
/// <param name="Slots">The same storage by slot, for reading.</param>
internal sealed record AccountState(
    Hash256 Key,
    Account Account,
    MerkleTrie Storage,
    PersistentTable<UInt256, UInt256, WordHash> Slots);
