using FsCheck;
using FsCheck.Fluent;

namespace Koinon.Storage.Tests;

/// <summary>Any sequence of changes, snapshots and walks, beside a sorted dictionary that does the same.</summary>
internal static class StoreModel
{
    private static readonly Gen<Step> Steps =
        from kind in Gen.Frequency(
            (6, Gen.Constant(StepKind.Put)), (3, Gen.Constant(StepKind.Delete)),
            (1, Gen.Constant(StepKind.DeleteRange)), (2, Gen.Constant(StepKind.Commit)),
            (1, Gen.Constant(StepKind.Abandon)), (1, Gen.Constant(StepKind.Walk)))
        from key in Gen.Choose(0, 1500)
        from span in Gen.Frequency((3, Gen.Constant(1)), (2, Gen.Choose(1, 60)), (1, Gen.Choose(60, 700)))
        select new Step(kind, key, span);

    private static readonly Arbitrary<Step[]> Scripts = Steps.ArrayOf().ToArbitrary();

    public static void Check(StoreTable table, Func<IStore> open) => Prop.ForAll(Scripts, script =>
    {
        using IStore store = open();
        SortedDictionary<byte[], byte[]> committed = new(ByteOrder.Instance);
        Clear(store, table);
        SortedDictionary<byte[], byte[]> mine = new(ByteOrder.Instance);
        IWriteTransaction write = store.BeginWrite();
        try
        {
            for (int i = 0; i < script.Length; i++)
            {
                Step step = script[i];
                if (step.Kind is not (StepKind.Commit or StepKind.Abandon))
                {
                    Change(write, table, mine, step, i);
                    continue;
                }

                using IReadTransaction before = store.BeginRead();
                if (step.Kind == StepKind.Commit) write.Commit();
                write.Dispose();
                AssertSame(table, committed, before);
                if (step.Kind == StepKind.Commit) committed = new(mine, ByteOrder.Instance);
                else mine = new(committed, ByteOrder.Instance);
                using IReadTransaction after = store.BeginRead();
                AssertSame(table, committed, after);
                write = store.BeginWrite();
            }

            AssertSame(table, mine, write);
        }
        finally
        {
            write.Dispose();
        }
    }).QuickCheckThrowOnFailure();

    private static void Clear(IStore store, StoreTable table)
    {
        using IWriteTransaction write = store.BeginWrite();
        write.DeleteRange(table, [], []);
        write.Commit();
    }

    private static void Change(
        IWriteTransaction write, StoreTable table, SortedDictionary<byte[], byte[]> model, Step step, int number)
    {
        switch (step.Kind)
        {
            case StepKind.Put:
                for (int k = step.Key; k < step.Key + step.Span; k++)
                {
                    // Now and then one that is too long for a page of many.
                    byte[] value = new byte[(k * 31 + number) % (k % 41 == 0 ? 5_000 : 90)];
                    Array.Fill(value, (byte)(number & 0xff));
                    write.Put(table, KeyOf(k), value);
                    model[KeyOf(k)] = value;
                }

                break;
            case StepKind.Delete:
                for (int k = step.Key; k < step.Key + step.Span; k++)
                {
                    Assert.Equal(model.Remove(KeyOf(k)), write.Delete(table, KeyOf(k)));
                }

                break;
            case StepKind.DeleteRange:
                byte[] from = KeyOf(step.Key), to = KeyOf(step.Key + step.Span);
                byte[][] gone = [.. model.Keys.Where(key =>
                    ByteOrder.Instance.Compare(key, from) >= 0 && ByteOrder.Instance.Compare(key, to) < 0)];
                foreach (byte[] key in gone) model.Remove(key);
                Assert.Equal(gone.Length, write.DeleteRange(table, from, to));
                break;
            default:
                AssertSame(table, model, write);
                break;
        }
    }

    private static void AssertSame(
        StoreTable table, SortedDictionary<byte[], byte[]> model, IReadTransaction read)
    {
        using IStoreCursor cursor = read.OpenCursor(table);
        foreach ((byte[] key, byte[] value) in model)
        {
            Assert.True(cursor.MoveNext());
            Assert.True(cursor.Key.SequenceEqual(key));
            Assert.True(cursor.Value.SequenceEqual(value));
            Assert.True(read.TryGet(table, key, out ReadOnlySpan<byte> found));
            Assert.True(found.SequenceEqual(value));
        }

        Assert.False(cursor.MoveNext());
        foreach ((byte[] key, _) in model.Reverse())
        {
            Assert.True(cursor.MovePrevious());
            Assert.True(cursor.Key.SequenceEqual(key));
        }

        Assert.False(cursor.MovePrevious());
        for (int k = 0; k < 2200; k += 37)
        {
            byte[] sought = KeyOf(k);
            byte[]? next = model.Keys.FirstOrDefault(key => ByteOrder.Instance.Compare(key, sought) >= 0);
            Assert.Equal(next, cursor.Seek(sought) ? cursor.Key.ToArray() : null);
            byte[]? last = model.Keys.LastOrDefault(key => ByteOrder.Instance.Compare(key, sought) < 0);
            Assert.Equal(last, cursor.SeekBefore(sought) ? cursor.Key.ToArray() : null);
        }
    }

    /// <summary>Keys of many lengths that share beginnings; their order is not that of the numbers.</summary>
    private static byte[] KeyOf(int number)
    {
        byte[] key = new byte[1 + (number % 3) + (number % 5 == 0 ? 40 : 0) + (number % 7 == 0 ? 9 : 0)];
        key[0] = (byte)((number >> 6) & 0xff);
        key[^1] = (byte)((number * 7) & 0xff);
        return key;
    }

    private enum StepKind
    {
        Put,
        Delete,
        DeleteRange,
        Commit,
        Abandon,
        Walk,
    }

    private readonly record struct Step(StepKind Kind, int Key, int Span);
}
