using FsCheck;
using FsCheck.Fluent;
using Koinon.Primitives;
using Koinon.State.Tables;

namespace Koinon.State.Tests.Tables;

public sealed class PersistentTableTests
{
    private static readonly Arbitrary<(int Key, int Value)[][]> Batches =
        Tests.Batches.Of(
            Gen.Choose(0, 60).SelectMany(key => Gen.Choose(0, 2).Select(value => (Key: key, Value: value))));

    [Fact]
    public void Merge_RandomBatches_ReadsAsADictionary() => MergeRandomBatches<WordHash>();

    [Fact]
    public void Merge_KeysWhoseHashesCollide_ReadsAsADictionary() => MergeRandomBatches<WeakHash>();

    [Fact]
    public void Merge_EverythingRemoved_GivesTheEmptyTable()
    {
        TableMerge<UInt256, int, WordHash> merge = new();
        for (uint i = 0; i < 1_000; i++)
        {
            merge.Set(i, 1);
        }

        PersistentTable<UInt256, int, WordHash> table = merge.Into(PersistentTable<UInt256, int, WordHash>.Empty);
        Assert.Equal(1_000, table.Count);
        for (uint i = 0; i < 2_000; i++)
        {
            merge.Remove(i);
        }

        Assert.Same(PersistentTable<UInt256, int, WordHash>.Empty, merge.Into(table));
        Assert.Equal(1_000, table.Enumerate().Count());
    }

    private static void MergeRandomBatches<THash>()
        where THash : struct, IKeyHash<UInt256> =>
        Prop.ForAll(Batches, batches =>
        {
            Dictionary<UInt256, int> model = [];
            PersistentTable<UInt256, int, THash> table = PersistentTable<UInt256, int, THash>.Empty;
            TableMerge<UInt256, int, THash> merge = new();
            List<(PersistentTable<UInt256, int, THash> Table, Dictionary<UInt256, int> Model)> versions = [];
            foreach ((int Key, int Value)[] batch in batches)
            {
                foreach ((int key, int value) in batch.DistinctBy(static change => change.Key))
                {
                    UInt256 word = (ulong)key;
                    if (value == 0)
                    {
                        merge.Remove(word);
                        model.Remove(word);
                    }
                    else
                    {
                        merge.Set(word, value);
                        model[word] = value;
                    }
                }

                table = merge.Into(table);
                versions.Add((table, new(model)));
            }

            foreach ((PersistentTable<UInt256, int, THash> version, Dictionary<UInt256, int> expected) in versions)
            {
                Assert.Equal(expected.Count, version.Count);
                Assert.Equal(expected.OrderBy(pair => pair.Key), version.Enumerate().OrderBy(pair => pair.Key));
                for (uint key = 0; key < 62; key++)
                {
                    Assert.Equal(expected.TryGetValue(key, out int value), version.TryGet(key, out int read));
                    Assert.Equal(value, read);
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
