using Koinon.Primitives;
using Koinon.State.Tries;
using Koinon.Storage;

namespace Koinon.State.Stored;

/// <summary>Makes the stored nodes of a trie those of another version, and notes what stood there before.</summary>
/// <remarks>
/// Both versions are walked at once, from the root down: where they agree in a reference, nothing below differs. It
/// costs the nodes that differ, however the new version came about.
/// </remarks>
/// <param name="transaction">Where nodes are written.</param>
/// <param name="cache">Receives new nodes, and knows old ones.</param>
/// <param name="history">Receives what stood there before; <see langword="null"/> where nobody asks.</param>
internal sealed class TrieWriter(IWriteTransaction transaction, NodeCache cache, HistoryWriter? history)
{
    private const int NibblesMax = 2 * Hash256.Size;

    private byte[] _buffer = new byte[1024];
    private Hash256? _account;
    private TrieSource? _source;

    /// <summary>Writes a trie.</summary>
    /// <param name="account">Whose storage trie, by address hash; <see langword="null"/> for the trie of accounts.
    /// </param>
    /// <param name="before">The root of what is stored.</param>
    /// <param name="after">What is to be stored.</param>
    internal void Write(Hash256? account, in Hash256 before, MerkleTrie after)
    {
        if (before == after.Root)
        {
            return;
        }

        _account = account;
        _source = after.Source;
        Span<byte> path = stackalloc byte[NibblesMax + 1];
        TrieNode? old = before == MerkleTrie.Empty.Root ? null : new StoredNode(in before);
        Write(new Place(old, 0), new Place(after.RootNode, 0), path, 0);
    }

    private void Write(Place before, Place after, Span<byte> path, int depth)
    {
        if (before.Node is null && after.Node is null)
        {
            return;
        }

        if (before.Skipped == 0
            && after.Skipped == 0
            && before.Node is not null
            && after.Node is not null
            && before.Node.HasReferenceOf(after.Node))
        {
            return;
        }

        if (before.Node is StoredNode unread)
        {
            before = new Place(ReadOld(unread, path[..depth]), 0);
        }

        if (after.Node is StoredNode stored)
        {
            after = new Place(_source!.Load(stored.Hash, path[..depth]), 0);
        }

        WriteNode(in before, in after, path[..depth]);
        for (int nibble = 0; nibble < ChildArray.Length; nibble++)
        {
            Place oldChild = before.Child(nibble);
            Place newChild = after.Child(nibble);
            if (oldChild.Node is not null || newChild.Node is not null)
            {
                path[depth] = (byte)nibble;
                Write(oldChild, newChild, path, depth + 1);
            }
        }
    }

    private void WriteNode(in Place before, in Place after, ReadOnlySpan<byte> path)
    {
        bool wasStored = before.IsStored(path.Length);
        bool isStored = after.IsStored(path.Length);
        if (!wasStored && !isStored)
        {
            return;
        }

        history?.AddNode(_account, path, wasStored ? Encode(before.Node!) : []);
        Span<byte> key = stackalloc byte[StateKeys.NodeMax];
        StoreTable table = _account.HasValue ? StateTables.StorageTrie : StateTables.AccountTrie;
        int length = StateKeys.WriteNode(_account, path, key);
        if (!isStored)
        {
            transaction.Delete(table, key[..length]);
            return;
        }

        transaction.Put(table, key[..length], Encode(after.Node!));
        if (!after.Node!.IsEmbedded)
        {
            cache.Add(after.Node);
        }
    }

    private ReadOnlySpan<byte> Encode(TrieNode node)
    {
        if (node is LeafNode leaf)
        {
            return leaf.Encoding;
        }

        int length = node.EncodedLength;
        if (_buffer.Length < length)
        {
            _buffer = new byte[length];
        }

        node.WriteTo(_buffer);
        return _buffer.AsSpan(0, length);
    }

    private TrieNode ReadOld(StoredNode node, ReadOnlySpan<byte> path)
    {
        Hash256 hash = node.Hash;
        if (cache.Find(in hash) is { } recent)
        {
            return recent;
        }

        Span<byte> key = stackalloc byte[StateKeys.NodeMax];
        int length = StateKeys.WriteNode(_account, path, key);
        StoreTable table = _account.HasValue ? StateTables.StorageTrie : StateTables.AccountTrie;
        TrieNode? read = transaction.TryGet(table, key[..length], out ReadOnlySpan<byte> encoding)
            && Hash256.Keccak(encoding) == hash
            ? NodeDecoding.Read(encoding, in hash)
            : null;
        return read ?? throw new StoreException(
            StoreError.Corrupt, $"The state is damaged: node {hash} is not where it should be.");
    }

    /// <summary>A place in a trie: a node, or somewhere on the path of an extension.</summary>
    /// <param name="node">The node; <see langword="null"/> where nothing is.</param>
    /// <param name="skipped">How many nibbles of an extension's path lie above.</param>
    private readonly struct Place(TrieNode? node, int skipped)
    {
        internal readonly TrieNode? Node = node;
        internal readonly int Skipped = skipped;

        // A node inside its parent has no record of its own; a root always has.
        internal bool IsStored(int depth) => Node is not null && Skipped == 0 && (depth == 0 || !Node.IsEmbedded);

        internal Place Child(int nibble) => Node switch
        {
            BranchNode branch => new Place(branch[nibble], 0),
            ExtensionNode extension when extension.Path[Skipped] != nibble => default,
            ExtensionNode extension when Skipped + 1 < extension.Path.Length => new Place(Node, Skipped + 1),
            ExtensionNode extension => new Place(extension.Child, 0),
            _ => default,
        };
    }
}
