using Koinon.Primitives;
using Koinon.State.Tries;

namespace Koinon.State.Tests.Tries;

public sealed class OrderedTrieTests
{
    [Fact]
    public void Root_OfNothing_IsThatOfTheEmptyTrie() => Assert.Equal(MerkleTrie.Empty.Root, OrderedTrie.Root([]));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(300)]
    public void Root_OfItems_IsThatOfTheNaiveTrieOverTheirIndices(int count)
    {
        byte[][] items = [.. Enumerable.Range(0, count).Select(static i => new byte[1 + (i * 37 % 400)])];
        foreach (byte[] item in items)
        {
            item.AsSpan().Fill((byte)(item.Length % 256));
        }

        Hash256 expected = NaiveTrie.Root(items.Select(static (item, i) =>
            new KeyValuePair<byte[], byte[]>(NaiveTrie.Number((ulong)i), item)));
        Assert.Equal(expected, OrderedTrie.Root([.. items.Select(static item => (ReadOnlyMemory<byte>)item)]));
    }
}
