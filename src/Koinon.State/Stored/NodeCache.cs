using System.Buffers.Binary;
using System.Numerics;
using Koinon.Primitives;
using Koinon.State.Tries;

namespace Koinon.State.Stored;

/// <summary>Trie nodes that were used recently, by their hash: right for every version, whatever becomes of it.
/// </summary>
/// <remarks>
/// A table of sets of four places, chosen by the hash: who comes first pushes the last of its set out. Nothing is
/// allocated but the nodes, which hold nothing of their children but references, so that what is let go is free. Safe
/// from any thread without a lock: a place holds a whole node or none, and threads that race may only forget one.
/// </remarks>
internal sealed class NodeCache
{
    private const int Ways = 4;

    /// <summary>About the most that a node takes with the references of its children.</summary>
    private const int NodeBytes = 1024;

    private readonly TrieNode?[] _nodes;
    private readonly ulong _mask;

    /// <param name="capacity">About how many bytes are kept.</param>
    internal NodeCache(long capacity)
    {
        uint sets = (uint)(capacity / (NodeBytes * Ways));
        sets = sets == 0 ? 0 : 1u << BitOperations.Log2(sets);
        _nodes = new TrieNode?[sets * Ways];
        _mask = sets == 0 ? 0 : sets - 1;
    }

    /// <summary>Finds a node.</summary>
    internal TrieNode? Find(in Hash256 hash)
    {
        Span<TrieNode?> set = SetOf(in hash);
        for (int i = 0; i < set.Length; i++)
        {
            TrieNode? node = Volatile.Read(ref set[i]);
            if (node is null || node.Hash != hash)
            {
                continue;
            }

            if (i > 0)
            {
                // What is used stays longer.
                Volatile.Write(ref set[i], set[i - 1]);
                Volatile.Write(ref set[i - 1], node);
            }

            return node;
        }

        return null;
    }

    /// <summary>Keeps a sealed node.</summary>
    internal void Add(TrieNode node)
    {
        Span<TrieNode?> set = SetOf(node.Hash);
        if (set.IsEmpty || set[0] is { } first && first.Hash == node.Hash)
        {
            return;
        }

        for (int i = set.Length - 1; i > 0; i--)
        {
            Volatile.Write(ref set[i], set[i - 1]);
        }

        Volatile.Write(ref set[0], Detach(node));
    }

    private Span<TrieNode?> SetOf(in Hash256 hash)
    {
        ulong set = BinaryPrimitives.ReadUInt64LittleEndian(Hash256.AsSpan(in hash)) & _mask;
        return _nodes.Length == 0 ? default : _nodes.AsSpan((int)set * Ways, Ways);
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
}
