using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;

namespace Koinon.Storage.Tests.Memory;

/// <summary>Versions of a tree share pages, which are written by whoever comes first: no other may see that.</summary>
public sealed class MemoryTreeTests
{
    private static readonly StoreTable Table = new("numbers");

    private static readonly Comparer<ulong> Order =
        Comparer<ulong>.Create((left, right) => ByteOrder.Instance.Compare(KeyOf(left), KeyOf(right)));

    private static readonly Gen<Step> Steps =
        from life in Gen.Choose(0, 3)
        from kind in Gen.Frequency(
            (6, Gen.Constant(StepKind.Append)), (3, Gen.Constant(StepKind.Put)), (2, Gen.Constant(StepKind.Delete)),
            (2, Gen.Constant(StepKind.Clone)), (1, Gen.Constant(StepKind.Snapshot)))
        from isAbandoned in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        from number in Gen.Choose(0, 400)
        from count in Gen.Frequency((3, Gen.Choose(1, 3)), (1, Gen.Choose(3, 80)))
        from length in Gen.Frequency((6, Gen.Choose(0, 40)), (2, Gen.Choose(200, 900)), (1, Gen.Choose(1_000, 1_100)))
        select new Step(life, kind, isAbandoned, number, count, length);

    [Fact]
    public void AnySequence_OverClonesAndSnapshots_KeepsThemApart() =>
        Prop.ForAll(Steps.ArrayOf().ToArbitrary(), script =>
        {
            Life[] lives = new Life[4];
            lives[0] = new Life(new MemoryStore([Table]), new SortedDictionary<ulong, byte[]>(Order));
            for (int i = 1; i < lives.Length; i++) lives[i] = lives[0].Fork();
            List<(IReadTransaction Snapshot, SortedDictionary<ulong, byte[]> Model)> snapshots = [];
            for (int i = 0; i < script.Length; i++)
            {
                Life life = lives[script[i].Life];
                switch (script[i].Kind)
                {
                    case StepKind.Clone:
                        lives[script[i].Number % lives.Length] = life.Fork();
                        break;
                    case StepKind.Snapshot:
                        snapshots.Add((life.Store.BeginRead(), new(life.Model, Order)));
                        break;
                    default:
                        life.Change(script[i], (byte)i);
                        break;
                }
            }

            foreach (Life life in lives)
            {
                using IReadTransaction read = life.Store.BeginRead();
                AssertSame(life.Model, read);
            }

            foreach ((IReadTransaction snapshot, SortedDictionary<ulong, byte[]> model) in snapshots)
            {
                AssertSame(model, snapshot);
            }
        }).QuickCheckThrowOnFailure();

    private static void AssertSame(SortedDictionary<ulong, byte[]> model, IReadTransaction read)
    {
        using IStoreCursor cursor = read.OpenCursor(Table);
        foreach ((ulong number, byte[] value) in model)
        {
            Assert.True(cursor.MoveNext());
            Assert.Equal(KeyOf(number), cursor.Key.ToArray());
            Assert.True(cursor.Value.SequenceEqual(value));
        }

        Assert.False(cursor.MoveNext());
    }

    // Names of two kinds, each followed by a number, so that keys share much or little.
    private static byte[] KeyOf(ulong number)
    {
        byte[] key = new byte[number % 3 == 0 ? 30 : 12];
        key[0] = (byte)(number % 3);
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(key.Length - sizeof(ulong)), number);
        return key;
    }

    private enum StepKind
    {
        Append,
        Put,
        Delete,
        Clone,
        Snapshot,
    }

    private readonly record struct Step(
        int Life, StepKind Kind, bool IsAbandoned, int Number, int Count, int Length);

    private sealed record Life(MemoryStore Store, SortedDictionary<ulong, byte[]> Model)
    {
        public Life Fork() => new(Store.Clone(), new(Model, Order));

        public void Change(Step step, byte fill)
        {
            SortedDictionary<ulong, byte[]> after = new(Model, Order);
            ulong from = step.Kind != StepKind.Append ? (ulong)step.Number
                : Model.Count == 0 ? 500
                : Model.Keys.Max() + 1;
            using IWriteTransaction write = Store.BeginWrite();
            for (ulong number = from; number < from + (ulong)step.Count; number++)
            {
                if (step.Kind == StepKind.Delete)
                {
                    Assert.Equal(after.Remove(number), write.Delete(Table, KeyOf(number)));
                    continue;
                }

                byte[] value = new byte[step.Length];
                Array.Fill(value, fill);
                after[number] = value;
                write.Put(Table, KeyOf(number), value);
            }

            if (step.IsAbandoned) return;

            write.Commit();
            Model.Clear();
            foreach ((ulong number, byte[] value) in after) Model.Add(number, value);
        }
    }
}
