using System.Collections.Concurrent;
using Koinon.Primitives;
using Koinon.State.Tries;

namespace Koinon.State.Stored;

/// <summary>Trie nodes that were used recently, by their hash: right for every version, whatever becomes of it.
/// </summary>
/// <remarks>
/// Two halves: what is used moves to the young one; when that is full it becomes the old one, and the old one is let
/// go. Nodes hold nothing of their children but references, so that what is let go is free. Safe from any thread.
/// </remarks>
/// <param name="capacity">About how many bytes are kept.</param>
internal sealed class NodeCache(long capacity)
{
    private const int EntryBytes = 112;
    private const int ReferenceBytes = 56;
    private const int BranchBytes = 200;
    private const int OtherBytes = 96;

    private readonly Lock _turn = new();
    private ConcurrentDictionary<Hash256, TrieNode> _young = new();
    private ConcurrentDictionary<Hash256, TrieNode> _old = new();
    private long _youngBytes;

    /// <summary>Finds a node.</summary>
    internal TrieNode? Find(in Hash256 hash)
    {
        if (Volatile.Read(ref _young).TryGetValue(hash, out TrieNode? node))
        {
            return node;
        }

        if (Volatile.Read(ref _old).TryGetValue(hash, out node))
        {
            Keep(in hash, node);
            return node;
        }

        return null;
    }

    /// <summary>Keeps a sealed node.</summary>
    internal void Add(TrieNode node) => Keep(node.Hash, Detach(node));

    private void Keep(in Hash256 hash, TrieNode node)
    {
        if (capacity > 0
            && Volatile.Read(ref _young).TryAdd(hash, node)
            && Interlocked.Add(ref _youngBytes, SizeOf(node)) > capacity / 2)
        {
            Turn();
        }
    }

    private void Turn()
    {
        lock (_turn)
        {
            if (Interlocked.Read(ref _youngBytes) > capacity / 2)
            {
                Volatile.Write(ref _old, _young);
                Volatile.Write(ref _young, new ConcurrentDictionary<Hash256, TrieNode>());
                Interlocked.Exchange(ref _youngBytes, 0);
            }
        }
    }

    private static TrieNode Detach(TrieNode node)
    {
        switch (node)
        {
            case BranchNode branch:
                return branch.Detach();
            case ExtensionNode { Child: BranchNode { IsEmbedded: false } child } extension:
                ExtensionNode detached = new(extension.Path.ToArray(), new StoredNode(child.Hash));
                detached.Seal(extension.Hash);
                return detached;
            default:
                return node;
        }
    }

    private static int SizeOf(TrieNode node) => EntryBytes + node switch
    {
        BranchNode branch => BranchBytes + (ReferenceBytes * branch.CountChildren(out _)),
        LeafNode leaf => OtherBytes + leaf.EncodedLength,
        _ => OtherBytes + ReferenceBytes,
    };
}
