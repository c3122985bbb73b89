using FsCheck;
using FsCheck.Fluent;
using Koinon.Primitives;
using Koinon.State.Tries;

namespace Koinon.State.Tests.Tries;

public sealed class MerkleTrieTests
{
    // Short keys over few letters: they share prefixes, are prefixes of each other, and are hit again and again.
    private static readonly Gen<byte[]> Keys = Gen.Elements<byte>(0x00, 0x01, 0x10, 0x11, 0xf0).ArrayOf()
        .Select(bytes => bytes.Length > 4 ? bytes[..4] : bytes);

    private static readonly Gen<byte[]> Values = Gen.Frequency(
        (3, Gen.Constant(Array.Empty<byte>())),
        (3, Gen.Choose(1, 255).Select(b => new[] { (byte)b })),
        (2, Gen.Choose(2, 40).Select(length => Enumerable.Repeat((byte)(length % 251), length).ToArray())),
        (1, Gen.Choose(50, 600).Select(length => Enumerable.Repeat((byte)(length % 251), length).ToArray())));

    internal static readonly Arbitrary<(byte[] Key, byte[] Value)[][]> Batches =
        Tests.Batches.Of(Keys.SelectMany(key => Values.Select(value => (Key: key, Value: value))));

    [Fact]
    public void Root_OfEmptyTrie_IsTheKnownOne() => Assert.Equal(
        "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421",
        MerkleTrie.Empty.Root.ToString());

    [Fact]
    public void Apply_RandomBatches_HasTheRootAndTheValuesOfTheNaiveTrie() =>
        Prop.ForAll(Batches, batches =>
        {
            Dictionary<string, KeyValuePair<byte[], byte[]>> model = [];
            MerkleTrie trie = MerkleTrie.Empty;
            List<(MerkleTrie Trie, Hash256 Root)> versions = [];
            foreach ((byte[] Key, byte[] Value)[] batch in batches)
            {
                TrieChanges changes = new();
                foreach ((byte[] key, byte[] value) in batch)
                {
                    changes.Set(key, value);
                    model[Convert.ToHexString(key)] = new(key, value);
                }

                trie = trie.Apply(changes);
                Hash256 expected = NaiveTrie.Root(model.Values);
                Assert.Equal(expected, trie.Root);
                versions.Add((trie, expected));
            }

            foreach (KeyValuePair<byte[], byte[]> pair in model.Values)
            {
                bool found = trie.TryGet(pair.Key, out ReadOnlyMemory<byte> value);
                Assert.Equal(pair.Value.Length > 0, found);
                Assert.Equal(pair.Value, value.ToArray());
            }

            Assert.All(versions, version => Assert.Equal(version.Root, RootAgain(version.Trie)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void Apply_RemovingEverything_GivesTheEmptyTrie() =>
        Prop.ForAll(Batches, batches =>
        {
            TrieChanges insert = new();
            TrieChanges remove = new();
            foreach ((byte[] key, byte[] value) in batches.SelectMany(batch => batch))
            {
                insert.Set(key, value);
                remove.Remove(key);
            }

            Assert.Same(MerkleTrie.Empty, MerkleTrie.Empty.Apply(insert).Apply(remove));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Apply_WhatIsThereAlready_GivesTheSameVersion()
    {
        TrieChanges changes = new();
        for (int i = 0; i < 200; i++)
        {
            Hash256 key = Hash256.Keccak([(byte)i]);
            changes.Set(Hash256.AsSpan(in key), [(byte)(i + 1)]);
        }

        MerkleTrie trie = MerkleTrie.Empty.Apply(changes);
        Assert.Same(trie, trie.Apply(changes));
    }

    [Fact]
    public void Apply_OneLargeBatch_HasTheRootOfManySmallOnes()
    {
        const int Count = 20_000;
        const int Small = 1_000;
        TrieChanges large = new();
        TrieChanges small = new();
        MerkleTrie bySmall = MerkleTrie.Empty;
        for (int i = 0; i < Count; i++)
        {
            // Every third key is removed again, every seventh gets another value within the same large batch.
            Hash256 key = Hash256.Keccak(BitConverter.GetBytes(i));
            byte[] value = BitConverter.GetBytes(i % 3 == 0 ? 0 : i)[..(i % 3 == 0 ? 0 : 3)];
            large.Set(Hash256.AsSpan(in key), i % 7 == 0 ? [1, 2, 3] : value);
            large.Set(Hash256.AsSpan(in key), value);
            small.Set(Hash256.AsSpan(in key), [0xff]);
            small.Set(Hash256.AsSpan(in key), value);
            if (i % Small == Small - 1)
            {
                bySmall = bySmall.Apply(small);
                small.Clear();
            }
        }

        Assert.Equal(bySmall.Root, MerkleTrie.Empty.Apply(large).Root);
        Assert.Equal(RootAgain(bySmall), bySmall.Root);
    }

    [Fact]
    public void TryGet_KeysThatAreNotThere_FindsNothing()
    {
        TrieChanges changes = new();
        changes.Set([0x12, 0x34], [1]);
        changes.Set([0x12, 0x35, 0x01], [2]);
        MerkleTrie trie = MerkleTrie.Empty.Apply(changes);
        byte[][] absent =
            [[], [0x12], [0x12, 0x35], [0x12, 0x36], [0x12, 0x34, 0x00], [0x12, 0x35, 0x01, 0x00], [0x22]];
        Assert.All(absent, key => Assert.False(trie.TryGet(key, out _)));
    }

    // The root made from the values alone, without any hash that the version keeps.
    private static Hash256 RootAgain(MerkleTrie trie)
    {
        List<KeyValuePair<byte[], byte[]>> pairs = [];
        foreach (KeyValuePair<byte[], ReadOnlyMemory<byte>> pair in trie.Enumerate())
        {
            pairs.Add(new(pair.Key, pair.Value.ToArray()));
        }

        return NaiveTrie.Root(pairs);
    }
}
