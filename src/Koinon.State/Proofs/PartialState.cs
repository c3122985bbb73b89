using Koinon.Primitives;
using Koinon.Primitives.Rlp;
using Koinon.Primitives.State;
using Koinon.State.Stored;
using Koinon.State.Tables;
using Koinon.State.Tries;

namespace Koinon.State.Proofs;

/// <summary>Makes a state out of tries of which only some nodes can be read.</summary>
internal static class PartialState
{
    /// <summary>Reads what is named; the rest of the state stays unknown.</summary>
    /// <param name="trie">The trie of the accounts.</param>
    /// <param name="storageOf">The trie of an account's storage, whose root is not that of an empty one.</param>
    /// <param name="read">The accounts to read, each with its slots.</param>
    /// <param name="codes">The code that may be read.</param>
    internal static WorldState Of(
        MerkleTrie trie,
        Func<Address, Hash256, MerkleTrie> storageOf,
        IReadOnlyDictionary<Address, IReadOnlySet<UInt256>> read,
        IEnumerable<ReadOnlyMemory<byte>> codes)
    {
        TableMerge<Address, AccountState, AddressHash> accounts = new();
        foreach ((Address address, IReadOnlySet<UInt256> slots) in read)
        {
            Hash256 key = Hash256.Keccak(Address.AsSpan(in address));
            if (trie.TryGet(Hash256.AsSpan(in key), out ReadOnlyMemory<byte> leaf)
                && AccountEncoding.TryRead(leaf.Span, out Account account, out Hash256 root))
            {
                MerkleTrie storage = root == MerkleTrie.Empty.Root ? MerkleTrie.Empty : storageOf(address, root);
                accounts.Set(in address, new AccountState(key, account, storage, SlotsOf(storage, slots)));
            }
        }

        TableMerge<Hash256, ReadOnlyMemory<byte>, DigestHash> byHash = new();
        foreach (ReadOnlyMemory<byte> code in codes)
        {
            byHash.Set(Hash256.Keccak(code.Span), in code);
        }

        return new WorldState(
            accounts.Into(PersistentTable<Address, AccountState, AddressHash>.Empty),
            byHash.Into(PersistentTable<Hash256, ReadOnlyMemory<byte>, DigestHash>.Empty),
            trie,
            stored: null);
    }

    private static PersistentTable<UInt256, UInt256, WordHash> SlotsOf(MerkleTrie storage, IReadOnlySet<UInt256> slots)
    {
        TableMerge<UInt256, UInt256, WordHash> values = new();
        foreach (UInt256 slot in slots)
        {
            if (TryRead(storage, in slot, out UInt256 value))
            {
                values.Set(in slot, in value);
            }
        }

        return values.Into(PersistentTable<UInt256, UInt256, WordHash>.Empty);
    }

    private static bool TryRead(MerkleTrie storage, in UInt256 slot, out UInt256 value)
    {
        Hash256 word = Hash256.FromWord(in slot);
        Hash256 key = Hash256.Keccak(Hash256.AsSpan(in word));
        value = default;
        try
        {
            if (!storage.TryGet(Hash256.AsSpan(in key), out ReadOnlyMemory<byte> encoded))
            {
                return false;
            }

            RlpReader reader = new(encoded.Span);
            return reader.ReadUInt256(out value) == RlpError.None;
        }
        catch (StateUnavailableException)
        {
            // A witness names slots without saying whose: this one is another account's.
            return false;
        }
    }
}
