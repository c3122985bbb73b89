using System.Text;

namespace Koinon.Storage.Tests;

/// <summary>What every store keeps to; each kind derives its own class of it.</summary>
public abstract class StoreContract : IDisposable
{
    protected static readonly StoreTable Fruit = new("fruit");
    protected static readonly StoreTable Stone = new("stone");
    protected static readonly IReadOnlyList<StoreTable> Both = [Fruit, Stone];

    private readonly Lazy<IStore> _store;

    protected StoreContract() => _store = new Lazy<IStore>(Open);

    protected IStore Store => _store.Value;

    protected abstract IStore Open();

    public virtual void Dispose()
    {
        if (_store.IsValueCreated) _store.Value.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void TryGet_OfWhatWasCommitted_FindsIt()
    {
        Put(Fruit, "apple", "red");

        Assert.Equal("red", Get(Fruit, "apple"));
        Assert.Null(Get(Fruit, "appl"));
        Assert.Null(Get(Fruit, "apples"));
    }

    [Fact]
    public void TryGet_InAnotherTable_DoesNotFindIt()
    {
        Put(Fruit, "apple", "red");

        Assert.Null(Get(Stone, "apple"));
    }

    [Fact]
    public void TryGet_InATableTheStoreDoesNotHave_NamesIt()
    {
        using IReadTransaction read = Store.BeginRead();

        ArgumentException refusal =
            Assert.Throws<ArgumentException>(() => read.TryGet(new StoreTable("wood"), "a"u8, out _));
        Assert.Contains("wood", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Put_OfAKeyThatIsThere_ReplacesTheValue()
    {
        Put(Fruit, "apple", "red");
        Put(Fruit, "apple", "green and longer");

        Assert.Equal("green and longer", Get(Fruit, "apple"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(3_000_000)]
    public void Put_OfAValueOfAnyLength_KeepsIt(int length)
    {
        byte[] value = new byte[length];
        new Random(length).NextBytes(value);
        using (IWriteTransaction write = Store.BeginWrite())
        {
            write.Put(Fruit, "big"u8, value);
            write.Put(Fruit, "cat"u8, "neighbour"u8);
            write.Commit();
        }

        using IReadTransaction read = Store.BeginRead();
        Assert.True(read.TryGet(Fruit, "big"u8, out ReadOnlySpan<byte> kept));
        Assert.True(kept.SequenceEqual(value));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(511)]
    public void Put_OfTheShortestAndLongestKey_KeepsIt(int length)
    {
        byte[] key = new byte[length];
        using (IWriteTransaction write = Store.BeginWrite())
        {
            write.Put(Fruit, key, "here"u8);
            write.Commit();
        }

        using IReadTransaction read = Store.BeginRead();
        Assert.True(read.TryGet(Fruit, key, out ReadOnlySpan<byte> value));
        Assert.True(value.SequenceEqual("here"u8));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(512)]
    public void Put_OfAKeyTooShortOrTooLong_IsRefusedWithItsLength(int length)
    {
        byte[] key = new byte[length];
        using IWriteTransaction write = Store.BeginWrite();

        ArgumentException refusal = Assert.Throws<ArgumentException>(() => write.Put(Fruit, key, "x"u8));
        Assert.Contains($"{length} bytes", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => write.TryGet(Fruit, key, out _));
        Assert.Throws<ArgumentException>(() => write.Delete(Fruit, key));
    }

    [Fact]
    public void TryGet_WithinTheWriter_FindsWhatItWrote()
    {
        Put(Fruit, "apple", "red");
        using IWriteTransaction write = Store.BeginWrite();
        write.Put(Fruit, "pear"u8, "yellow"u8);
        write.Delete(Fruit, "apple"u8);

        Assert.True(write.TryGet(Fruit, "pear"u8, out _));
        Assert.False(write.TryGet(Fruit, "apple"u8, out _));
        Assert.Equal("red", Get(Fruit, "apple"));
    }

    [Fact]
    public void Dispose_OfAWriterWithoutCommit_LeavesNoTrace()
    {
        Put(Fruit, "apple", "red");
        using (IWriteTransaction write = Store.BeginWrite())
        {
            write.Put(Fruit, "apple"u8, "blue"u8);
            write.DeleteRange(Fruit, [], []);
        }

        Assert.Equal("red", Get(Fruit, "apple"));
    }

    [Fact]
    public void Delete_OfAKey_SaysWhetherItWasThere()
    {
        Put(Fruit, "apple", "red");
        using IWriteTransaction write = Store.BeginWrite();

        Assert.True(write.Delete(Fruit, "apple"u8));
        Assert.False(write.Delete(Fruit, "apple"u8));
    }

    [Fact]
    public void BeginRead_BeforeACommit_KeepsSeeingWhatWas()
    {
        Put(Fruit, "apple", "red");
        using IReadTransaction before = Store.BeginRead();
        Put(Fruit, "apple", "green");
        using (IWriteTransaction write = Store.BeginWrite())
        {
            for (int i = 0; i < 1000; i++) write.Put(Fruit, Encoding.ASCII.GetBytes($"n{i}"), "x"u8);
            write.Commit();
        }

        Assert.True(before.TryGet(Fruit, "apple"u8, out ReadOnlySpan<byte> value));
        Assert.True(value.SequenceEqual("red"u8));
        using IStoreCursor cursor = before.OpenCursor(Fruit);
        Assert.True(cursor.MoveNext());
        Assert.False(cursor.MoveNext());
        Assert.Equal("green", Get(Fruit, "apple"));
    }

    [Fact]
    public void TryGet_AfterTheEnd_IsRefused()
    {
        IReadTransaction read = Store.BeginRead();
        IStoreCursor cursor = read.OpenCursor(Fruit);
        read.Dispose();
        read.Dispose();

        Assert.Throws<ObjectDisposedException>(() => read.TryGet(Fruit, "a"u8, out _));
        Assert.Throws<ObjectDisposedException>(() => cursor.Seek([]));
        cursor.Dispose();
        cursor.Dispose();
    }

    [Fact]
    public void Commit_EndsTheTransaction()
    {
        IWriteTransaction write = Store.BeginWrite();
        IStoreCursor cursor = write.OpenCursor(Fruit);
        write.Commit();

        Assert.Throws<ObjectDisposedException>(() => write.Put(Fruit, "a"u8, "b"u8));
        Assert.Throws<ObjectDisposedException>(() => cursor.MoveNext());
        cursor.Dispose();
        write.Dispose();
        Put(Fruit, "after", "it");
    }

    [Fact]
    public void BeginWrite_ByTheThreadThatWrites_IsToldInsteadOfWaitingForItself()
    {
        using IWriteTransaction write = Store.BeginWrite();

        Assert.Throws<InvalidOperationException>(Store.BeginWrite);
    }

    [Fact]
    public void BeginRead_AfterTheStoreIsClosed_IsRefused()
    {
        IStore store = Store;
        store.Dispose();

        Assert.Throws<ObjectDisposedException>(store.BeginRead);
        Assert.Throws<ObjectDisposedException>(store.BeginWrite);
        Assert.Throws<ObjectDisposedException>(store.Sync);
    }

    [Fact]
    public void BeginRead_StillOpenWhenTheStoreIsClosed_CanBeReadToItsEnd()
    {
        Put(Fruit, "apple", "red");
        IReadTransaction read = Store.BeginRead();
        Store.Dispose();

        Assert.True(read.TryGet(Fruit, "apple"u8, out ReadOnlySpan<byte> value));
        Assert.True(value.SequenceEqual("red"u8));
        read.Dispose();
    }

    [Fact]
    public void Cursor_OverAnEmptyTable_StandsNowhere()
    {
        using IReadTransaction read = Store.BeginRead();
        using IStoreCursor cursor = read.OpenCursor(Fruit);

        Assert.False(cursor.MoveNext());
        Assert.False(cursor.MovePrevious());
        Assert.False(cursor.Seek([]));
        Assert.False(cursor.SeekBefore([]));
        Assert.Throws<InvalidOperationException>(() => cursor.Key.Length);
        Assert.Throws<InvalidOperationException>(() => cursor.Value.Length);
    }

    [Fact]
    public void Cursor_MovesInTheOrderOfUnsignedBytes()
    {
        byte[][] keys = [[0], [0, 0], [0, 0xff], [1], [0x7f], [0x7f, 0], [0x80], [0xff], [0xff, 1]];
        using (IWriteTransaction write = Store.BeginWrite())
        {
            for (int i = keys.Length - 1; i >= 0; i--) write.Put(Fruit, keys[i], keys[i]);
            write.Commit();
        }

        using IReadTransaction read = Store.BeginRead();
        using IStoreCursor cursor = read.OpenCursor(Fruit);
        foreach (byte[] key in keys)
        {
            Assert.True(cursor.MoveNext());
            Assert.Equal(key, cursor.Key.ToArray());
            Assert.Equal(key, cursor.Value.ToArray());
        }

        Assert.False(cursor.MoveNext());
        Assert.False(cursor.MoveNext());
        for (int i = keys.Length - 1; i >= 0; i--)
        {
            Assert.True(cursor.MovePrevious());
            Assert.Equal(keys[i], cursor.Key.ToArray());
        }

        Assert.False(cursor.MovePrevious());
        Assert.True(cursor.MoveNext());
        Assert.Equal(keys[0], cursor.Key.ToArray());
    }

    [Theory]
    [InlineData("", "b", "d")]
    [InlineData("a", "b", null)]
    [InlineData("b", "b", null)]
    [InlineData("bb", "d", "b")]
    [InlineData("d", "d", "b")]
    [InlineData("e", null, "d")]
    public void Seek_FindsTheNeighbours(string key, string? atOrAfter, string? before)
    {
        Put(Fruit, "b", "1");
        Put(Fruit, "d", "2");
        using IReadTransaction read = Store.BeginRead();
        using IStoreCursor cursor = read.OpenCursor(Fruit);

        byte[] sought = Encoding.ASCII.GetBytes(key);
        Assert.Equal(atOrAfter, cursor.Seek(sought) ? Encoding.ASCII.GetString(cursor.Key) : null);
        Assert.Equal(before, cursor.SeekBefore(sought) ? Encoding.ASCII.GetString(cursor.Key) : null);
    }

    [Fact]
    public void MoveNext_AfterTheWriterTookItsKeyAway_GoesOnFromThere()
    {
        using IWriteTransaction write = Store.BeginWrite();
        for (int i = 0; i < 200; i++) write.Put(Fruit, [(byte)i], [(byte)i]);
        using IStoreCursor cursor = write.OpenCursor(Fruit);
        int seen = 0;
        while (cursor.MoveNext())
        {
            Assert.Equal(seen, cursor.Key[0]);
            Assert.Equal(seen, cursor.Value[0]);
            Assert.True(write.Delete(Fruit, [(byte)seen]));
            seen++;
        }

        Assert.Equal(200, seen);
        Assert.False(cursor.Seek([]));
    }

    [Fact]
    public void MovePrevious_AfterTheWriterPutBetween_SeesIt()
    {
        using IWriteTransaction write = Store.BeginWrite();
        write.Put(Fruit, "a"u8, "1"u8);
        write.Put(Fruit, "c"u8, "3"u8);
        using IStoreCursor cursor = write.OpenCursor(Fruit);
        Assert.True(cursor.SeekBefore([]));
        write.Put(Fruit, "b"u8, "2"u8);

        Assert.True(cursor.MovePrevious());
        Assert.True(cursor.Key.SequenceEqual("b"u8));
    }

    [Theory]
    [InlineData(0, 0, 5000)]
    [InlineData(0, 1, 1)]
    [InlineData(4999, 0, 1)]
    [InlineData(100, 4900, 4800)]
    [InlineData(2000, 2001, 1)]
    [InlineData(3000, 1000, 0)]
    [InlineData(700, 700, 0)]
    public void DeleteRange_TakesOutExactlyTheRange(int from, int to, int count)
    {
        using (IWriteTransaction write = Store.BeginWrite())
        {
            for (int i = 0; i < 5000; i++) write.Put(Fruit, Number(i), "value"u8);
            write.Commit();
        }

        using (IWriteTransaction write = Store.BeginWrite())
        {
            Assert.Equal(count, write.DeleteRange(Fruit, from == 0 ? [] : Number(from), to == 0 ? [] : Number(to)));
            write.Commit();
        }

        using IReadTransaction read = Store.BeginRead();
        using IStoreCursor cursor = read.OpenCursor(Fruit);
        for (int i = 0; i < 5000; i++)
        {
            bool isGone = count != 0 && i >= from && (to == 0 || i < to);
            Assert.Equal(!isGone, read.TryGet(Fruit, Number(i), out _));
            if (isGone) continue;

            Assert.True(cursor.MoveNext());
            Assert.Equal(Number(i), cursor.Key.ToArray());
        }

        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public async Task BeginRead_WhileAWriterCommits_SeesWholeTransactionsOnly()
    {
        const int Transactions = 300, Keys = 40;
        Write(0);
        using CancellationTokenSource done = new();
        Task[] readers = new Task[3];
        for (int r = 0; r < readers.Length; r++)
        {
            readers[r] = Task.Run(() =>
            {
                int last = 0;
                while (!done.IsCancellationRequested)
                {
                    using IReadTransaction read = Store.BeginRead();
                    using IStoreCursor cursor = read.OpenCursor(Fruit);
                    Assert.True(cursor.Seek([]));
                    int first = BitConverter.ToInt32(cursor.Value), count = 1;
                    while (cursor.MoveNext())
                    {
                        Assert.Equal(first, BitConverter.ToInt32(cursor.Value));
                        count++;
                    }

                    Assert.Equal(Keys, count);
                    Assert.True(first >= last);
                    last = first;
                }
            });
        }

        for (int i = 1; i <= Transactions; i++) Write(i);
        await done.CancelAsync();
        await Task.WhenAll(readers);

        void Write(int number)
        {
            using IWriteTransaction write = Store.BeginWrite();
            for (int k = 0; k < Keys; k++) write.Put(Fruit, Number(k), BitConverter.GetBytes(number));
            write.Commit();
        }
    }

    [Fact]
    public async Task BeginWrite_WhileAnotherThreadWrites_WaitsForIt()
    {
        Task[] writers = new Task[4];
        for (int w = 0; w < writers.Length; w++)
        {
            writers[w] = Task.Run(() =>
            {
                for (int i = 0; i < 50; i++)
                {
                    using IWriteTransaction write = Store.BeginWrite();
                    bool isThere = write.TryGet(Fruit, "sum"u8, out ReadOnlySpan<byte> value);
                    int sum = isThere ? BitConverter.ToInt32(value) : 0;
                    write.Put(Fruit, "sum"u8, BitConverter.GetBytes(sum + 1));
                    write.Commit();
                }
            });
        }

        await Task.WhenAll(writers);
        using IReadTransaction read = Store.BeginRead();
        Assert.True(read.TryGet(Fruit, "sum"u8, out ReadOnlySpan<byte> total));
        Assert.Equal(200, BitConverter.ToInt32(total));
    }

    [Fact]
    public void AnySequence_OfChanges_AgreesWithASortedDictionary() => StoreModel.Check(Fruit, Open);

    protected void Put(StoreTable table, string key, string value)
    {
        using IWriteTransaction write = Store.BeginWrite();
        write.Put(table, Encoding.ASCII.GetBytes(key), Encoding.ASCII.GetBytes(value));
        write.Commit();
    }

    protected string? Get(StoreTable table, string key)
    {
        using IReadTransaction read = Store.BeginRead();
        return read.TryGet(table, Encoding.ASCII.GetBytes(key), out ReadOnlySpan<byte> value)
            ? Encoding.ASCII.GetString(value)
            : null;
    }

    private static byte[] Number(int number) =>
        [(byte)(number >> 16), (byte)((number >> 8) & 0xff), (byte)(number & 0xff)];
}
