using System.Buffers.Binary;
using Koinon.Primitives;
using Koinon.State.Tries;

namespace Koinon.State.Tests.Tries;

/// <summary>A root costs what changed, not what exists.</summary>
public sealed class TrieCostTests
{
    [Fact]
    public void Apply_TenChangedLeaves_HashesAtMostFourTimesAsManyNodesInATrieAThousandTimesAsLarge()
    {
        long small = NodesHashedForTen(1_000);
        long large = NodesHashedForTen(1_000_000);
        Assert.InRange(large, small, 4 * small);
    }

    [Fact]
    public void Apply_FromEmpty_HashesEveryNodeOnce()
    {
        TrieStatistics statistics = default;
        MerkleTrie.Empty.Apply(Leaves(0, 2_000, 1), ref statistics);
        TrieStatistics again = default;
        MerkleTrie.Empty.Apply(Leaves(0, 1_000, 1)).Apply(Leaves(1_000, 1_000, 1), ref again);

        // 2,000 leaves and about a third as many branches.
        Assert.InRange(statistics.NodesHashed, 2_400, 3_000);
        Assert.InRange(again.NodesHashed, 1_000, statistics.NodesHashed - 1);
    }

    private static long NodesHashedForTen(int leaves)
    {
        MerkleTrie trie = MerkleTrie.Empty.Apply(Leaves(0, leaves, 1));
        TrieStatistics statistics = default;
        trie.Apply(Leaves(leaves / 2, 10, 2), ref statistics);
        return statistics.NodesHashed;
    }

    private static TrieChanges Leaves(int first, int count, byte value)
    {
        TrieChanges changes = new();
        Span<byte> index = stackalloc byte[sizeof(int)];
        for (int i = first; i < first + count; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(index, i);
            Hash256 key = Hash256.Keccak(index);
            changes.Set(Hash256.AsSpan(in key), [value]);
        }

        return changes;
    }
}
