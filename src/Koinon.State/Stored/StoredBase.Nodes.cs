using System.Diagnostics.CodeAnalysis;
using Koinon.Primitives;
using Koinon.State.Tries;
using Koinon.Storage;

namespace Koinon.State.Stored;

/// <content>The tries: nodes as they stood, or made anew where they are no longer kept.</content>
internal sealed partial class StoredBase
{
    private ReversedTries? _reversed;

    /// <summary>The storage trie of an address hash; <see langword="null"/> where there is no such account.</summary>
    /// <exception cref="StateUnavailableException">The version is gone.</exception>
    internal MerkleTrie? FindStorage(in Hash256 account)
    {
        if (!TryReadStored(in account, out bool known, out StoredAccount stored))
        {
            throw Gone();
        }

        return known && stored.Exists
            ? MerkleTrie.Stored(stored.StorageRoot, new StoredTrieSource(this, account))
            : null;
    }

    /// <summary>Loads a node of a trie.</summary>
    /// <param name="account">Whose storage trie; <see langword="null"/> for the trie of accounts.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="hash">What its hash is.</param>
    /// <exception cref="StateUnavailableException">The version is gone.</exception>
    /// <exception cref="StoreException">What stands there is another node.</exception>
    internal TrieNode LoadNode(Hash256? account, ReadOnlySpan<byte> path, in Hash256 hash)
    {
        if (_nodes.Find(in hash) is { } recent)
        {
            return recent;
        }

        while (true)
        {
            if (TryReadNode(account, path, in hash, out TrieNode? node))
            {
                return node;
            }

            ReversedTries? tries = null;
            try
            {
                tries = Reverse();
                return tries.Of(account)?.FindNode(path) is { } found && (found.IsEmbedded || found.Hash == hash)
                    ? found
                    : throw Damaged(account, path, in hash);
            }
            catch (StateUnavailableException)
            {
                // The later block was taken back; this one may still stand, which the next round looks at.
                Interlocked.CompareExchange(ref _reversed, null, tries);
            }
        }
    }

    /// <summary>Makes sure that proofs of this version can be made.</summary>
    /// <exception cref="StateUnavailableException">They cannot.</exception>
    internal void RequireProofs()
    {
        if (!TryOpen(out IReadTransaction? transaction, out StateMeta meta))
        {
            throw Gone();
        }

        Close(transaction);
        if (meta.OldestProof > _number)
        {
            throw new StateUnavailableException(
                $"Proofs of block {_number} can no longer be made; the oldest block is {meta.OldestProof}.");
        }
    }

    // Nodes that are kept as of this block; false where they are no longer.
    private bool TryReadNode(
        Hash256? account, ReadOnlySpan<byte> path, in Hash256 hash, [NotNullWhen(true)] out TrieNode? node)
    {
        node = null;
        if (!TryOpen(out IReadTransaction? transaction, out StateMeta meta))
        {
            throw Gone();
        }

        try
        {
            if (meta.OldestProof > _number)
            {
                return false;
            }

            AsOfReader reader = new(transaction, _number, meta.Newest);
            node = reader.TryReadNode(account, path, meta.IndexedFrom, out ReadOnlySpan<byte> encoding)
                && Hash256.Keccak(encoding) == hash
                ? NodeDecoding.Read(encoding, in hash)
                : null;
        }
        finally
        {
            Close(transaction);
        }

        if (node is null)
        {
            throw Damaged(account, path, in hash);
        }

        _nodes.Add(node);
        return true;
    }

    private ReversedTries Reverse()
    {
        if (Volatile.Read(ref _reversed) is { } known)
        {
            return known;
        }

        if (!TryOpen(out IReadTransaction? transaction, out StateMeta meta))
        {
            throw Gone();
        }

        try
        {
            ulong from = Math.Max(meta.OldestProof, _number);
            StoredVersion version = StoredVersion.Read(transaction, from);
            StoredBase later = new(_store, _transaction, _options, _nodes, in meta, from, version.Id);
            ReversedTries tries = ReversedTries.AsOf(transaction, in meta, later, version.Root, _number);
            return Interlocked.CompareExchange(ref _reversed, tries, null) ?? tries;
        }
        finally
        {
            Close(transaction);
        }
    }

    private StoreException Damaged(Hash256? account, ReadOnlySpan<byte> path, in Hash256 hash) =>
        new(
            StoreError.Corrupt,
            $"The state of block {_number} is damaged: node {hash} is not at {Convert.ToHexStringLower(path)} of "
            + (account is Hash256 owner ? $"the storage of {owner}." : "the trie of accounts."));
}
