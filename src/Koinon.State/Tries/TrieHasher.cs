using System.Buffers;
using System.Runtime.InteropServices;
using Koinon.Crypto;
using Koinon.Primitives;

namespace Koinon.State.Tries;

/// <summary>Seals the open nodes of any number of tries, the deepest level first, so that many nodes at a time go
/// through the vector Keccak.</summary>
/// <remarks>
/// Levels are those of the trees, not of the keys; tries whose roots do not depend on each other are collected
/// together and share their batches. One owner, one thread.
/// </remarks>
internal sealed class TrieHasher
{
    // As much as stays in the first-level cache together with the nodes' references.
    private const int BatchBytes = 16 * 1024;
    private const int BatchNodes = 128;

    private readonly List<List<TrieNode>> _levels = [];
    private TrieStatistics _statistics;

    /// <summary>What was hashed so far.</summary>
    internal TrieStatistics Statistics => _statistics;

    /// <summary>Takes in the open nodes of a trie or sub-trie that will not be edited any more.</summary>
    internal void Collect(TrieNode? root)
    {
        if (root is { IsSealed: false })
        {
            Collect(root, 0);
        }
    }

    /// <summary>Seals all nodes taken in.</summary>
    internal void SealAll()
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(BatchBytes);
        int[] ends = ArrayPool<int>.Shared.Rent(BatchNodes);
        Hash256[] digests = ArrayPool<Hash256>.Shared.Rent(BatchNodes);
        for (int level = _levels.Count - 1; level >= 0; level--)
        {
            SealLevel(CollectionsMarshal.AsSpan(_levels[level]), ref bytes, ends, digests);
            _levels[level].Clear();
        }

        ArrayPool<byte>.Shared.Return(bytes);
        ArrayPool<int>.Shared.Return(ends);
        ArrayPool<Hash256>.Shared.Return(digests);
    }

    /// <summary>The root hash over a sealed node: its hash even where a parent would embed it.</summary>
    internal Hash256 RootOf(TrieNode root)
    {
        if (!root.IsEmbedded)
        {
            return root.Hash;
        }

        Span<byte> encoding = stackalloc byte[Hash256.Size];
        int length = root.WriteReferenceTo(encoding);
        _statistics.NodesHashed++;
        _statistics.BytesHashed += length;
        return Hash256.Keccak(encoding[..length]);
    }

    private void Collect(TrieNode node, int level)
    {
        if (_levels.Count == level)
        {
            _levels.Add([]);
        }

        _levels[level].Add(node);
        if (node is BranchNode branch)
        {
            for (int nibble = 0; nibble < ChildArray.Length; nibble++)
            {
                if (branch[nibble] is { IsSealed: false } child)
                {
                    Collect(child, level + 1);
                }
            }
        }
        else if (node is ExtensionNode { Child.IsSealed: false } extension)
        {
            Collect(extension.Child, level + 1);
        }
    }

    // Nodes of one level do not refer to each other: encode, then hash as many at once as the buffers hold.
    private void SealLevel(ReadOnlySpan<TrieNode> nodes, ref byte[] bytes, int[] ends, Hash256[] digests)
    {
        int first = 0;
        while (first < nodes.Length)
        {
            int used = 0;
            int next = first;
            while (next < nodes.Length && next - first < BatchNodes)
            {
                int length = nodes[next].EncodedLength;
                if (bytes.Length - used < length)
                {
                    if (next > first)
                    {
                        break;
                    }

                    // One node larger than the buffer: a long value.
                    ArrayPool<byte>.Shared.Return(bytes);
                    bytes = ArrayPool<byte>.Shared.Rent(length);
                }

                nodes[next].WriteTo(bytes.AsSpan(used, length));
                used += length;
                ends[next - first] = used;
                next++;
            }

            SealBatch(nodes[first..next], bytes.AsSpan(0, used), ends.AsSpan(0, next - first), digests);
            first = next;
        }
    }

    private void SealBatch(
        ReadOnlySpan<TrieNode> nodes, ReadOnlySpan<byte> bytes, ReadOnlySpan<int> ends, Span<Hash256> digests)
    {
        Keccak256.HashMany(bytes, ends, MemoryMarshal.AsBytes(digests));
        int start = 0;
        for (int i = 0; i < nodes.Length; i++)
        {
            int length = ends[i] - start;
            if (length < Hash256.Size)
            {
                nodes[i].SealEmbedded(bytes.Slice(start, length));
            }
            else
            {
                nodes[i].Seal(in digests[i]);
                _statistics.NodesHashed++;
                _statistics.BytesHashed += length;
            }

            start = ends[i];
        }
    }
}
