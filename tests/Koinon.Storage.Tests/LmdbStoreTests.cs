using Koinon.Storage.Lmdb;

namespace Koinon.Storage.Tests;

public sealed class LmdbStoreTests : StoreContract
{
    private readonly TemporaryDirectory _directory = new();

    protected override IStore Open() => LmdbStore.Open(
        new LmdbOptions { Directory = _directory.Next(), Tables = Both, Durability = LmdbDurability.Normal });

    public override void Dispose()
    {
        base.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Open_Again_FindsWhatWasCommitted()
    {
        using (LmdbStore store = LmdbStore.Open(Options()))
        {
            using IWriteTransaction write = store.BeginWrite();
            write.Put(Fruit, "apple"u8, "red"u8);
            write.Commit();
        }

        using LmdbStore again = LmdbStore.Open(Options());
        using IReadTransaction read = again.BeginRead();
        Assert.True(read.TryGet(Fruit, "apple"u8, out ReadOnlySpan<byte> value));
        Assert.True(value.SequenceEqual("red"u8));
    }

    [Fact]
    public void Open_OfADirectoryInUse_NamesTheProcess()
    {
        using LmdbStore store = LmdbStore.Open(Options());

        StoreException refusal = Assert.Throws<StoreException>(() => LmdbStore.Open(Options()));
        Assert.Equal(StoreError.Locked, refusal.Error);
        Assert.Contains($"process {Environment.ProcessId}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ToReadOnly_SeesWhatIsThereAndTakesNoLock()
    {
        using (LmdbStore store = LmdbStore.Open(Options()))
        {
            using IWriteTransaction write = store.BeginWrite();
            write.Put(Fruit, "apple"u8, "red"u8);
            write.Commit();
        }

        using (DataDirectoryLock.Acquire(_directory.Path)) // As another process would have it.
        using (LmdbStore reader = LmdbStore.Open(Options() with { IsReadOnly = true }))
        using (IReadTransaction read = reader.BeginRead())
        {
            Assert.True(read.TryGet(Fruit, "apple"u8, out _));
            Assert.Equal(1, reader.GetStatistics().Tables.Single(static table => table.Name == Fruit.Name).Entries);
            Assert.Throws<InvalidOperationException>(reader.BeginWrite);
        }
    }

    [Fact]
    public void Open_ToReadOnly_OfNothing_SaysSoAndMakesNothing()
    {
        string nowhere = Path.Combine(_directory.Path, "nowhere");

        StoreException refusal = Assert.Throws<StoreException>(
            () => LmdbStore.Open(Options() with { Directory = nowhere, IsReadOnly = true }));

        Assert.Equal(StoreError.Missing, refusal.Error);
        Assert.False(Directory.Exists(nowhere));
    }

    [Fact]
    public void Open_AfterAProcessDied_TakesTheDirectory()
    {
        LmdbStore.Open(Options()).Dispose();

        Assert.True(File.Exists(Path.Combine(_directory.Path, "LOCK")));
        LmdbStore.Open(Options()).Dispose();
    }

    [Fact]
    public void Require_OfALibraryThatIsNotThere_SaysWhatToRun()
    {
        StoreException refusal = Assert.Throws<StoreException>(() => LmdbLibrary.Require("libnothere.so.9"));
        Assert.Equal(StoreError.LibraryMissing, refusal.Error);
        Assert.Contains("apt-get install liblmdb0", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("sudo", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OfAnotherFile_SaysThatItIsNoStore()
    {
        File.WriteAllText(Path.Combine(_directory.Path, LmdbStore.FileName), new string('x', 20_000));

        StoreException refusal = Assert.Throws<StoreException>(() => LmdbStore.Open(Options()));
        Assert.Equal(StoreError.Corrupt, refusal.Error);
        Assert.Contains("not a Koinon store", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<StoreException>(() => LmdbStore.Open(Options())); // The directory was given up again.
    }

    [Fact]
    public void Open_WithAnotherSchema_NamesBoth()
    {
        LmdbStore.Open(Options()).Dispose();

        StoreException refusal = Assert.Throws<StoreException>(() => LmdbStore.Open(Options() with { Schema = 2 }));
        Assert.Equal(StoreError.OtherSchema, refusal.Error);
        Assert.Contains("1.1", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("1.2", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OfAPathThatIsAFile_IsRefused()
    {
        string path = Path.Combine(_directory.Path, "file");
        File.WriteAllText(path, "");

        StoreException refusal =
            Assert.Throws<StoreException>(() => LmdbStore.Open(Options() with { Directory = path }));
        Assert.Equal(StoreError.Disk, refusal.Error);
        Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_MakesFilesForTheirOwnerAlone()
    {
        string directory = Path.Combine(_directory.Path, "mine");
        LmdbStore.Open(Options() with { Directory = directory }).Dispose();

        if (OperatingSystem.IsWindows()) return; // It has no modes.

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(Path.Combine(directory, LmdbStore.FileName)));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(directory));
    }

    [Fact]
    public void Put_IntoAMapThatIsUsedUp_LosesNothingAndWorksAgainWithMoreRoom()
    {
        LmdbOptions small = Options() with { MapBytes = 1 << 20 };
        int kept = 0;
        using (LmdbStore store = LmdbStore.Open(small))
        {
            StoreException? full = null;
            while (full is null)
            {
                using IWriteTransaction write = store.BeginWrite();
                try
                {
                    write.Put(Fruit, BitConverter.GetBytes(kept), new byte[20_000]);
                    write.Commit();
                    kept++;
                }
                catch (StoreException failure)
                {
                    full = failure;
                    Assert.Equal(StoreError.Full, Assert.Throws<StoreException>(write.Commit).Error);
                }
            }

            Assert.Equal(StoreError.Full, full.Error);
            Assert.Contains("larger map", full.Message, StringComparison.Ordinal);
            Assert.Equal(kept, Count(store));
            using IWriteTransaction room = store.BeginWrite();
            Assert.True(room.Delete(Fruit, BitConverter.GetBytes(0)));
            room.Commit();
        }

        using LmdbStore larger = LmdbStore.Open(small with { MapBytes = 1 << 22 });
        Assert.Equal(kept - 1, Count(larger));
        using IWriteTransaction more = larger.BeginWrite();
        more.Put(Fruit, BitConverter.GetBytes(0), new byte[100_000]);
        more.Commit();
        Assert.Equal(kept, Count(larger));
    }

    [Fact]
    public void BeginRead_BeyondTheSlots_IsRefused()
    {
        using LmdbStore store = LmdbStore.Open(Options() with { ReadersMax = 2 });
        using IReadTransaction first = store.BeginRead();
        using (store.BeginRead())
        {
            Assert.Equal(StoreError.ReadersExhausted, Assert.Throws<StoreException>(store.BeginRead).Error);
        }

        store.BeginRead().Dispose();
    }

    [Fact]
    public void TryGet_OfASnapshotBeyondTheLimit_IsRefusedAndReported()
    {
        ManualTime time = new();
        using LmdbStore store =
            LmdbStore.Open(Options() with { ReaderTimeLimit = TimeSpan.FromMinutes(1), Time = time });
        using IReadTransaction old = store.BeginRead();
        using IStoreCursor cursor = old.OpenCursor(Fruit);
        Commit(store);
        time.Advance(TimeSpan.FromSeconds(59));
        Commit(store);
        Assert.False(old.TryGet(Fruit, "a"u8, out _));
        StoreStatistics statistics = store.GetStatistics();
        Assert.Equal(1, statistics.Readers);
        Assert.Equal(2, statistics.OldestReader);
        Assert.Equal(TimeSpan.FromSeconds(59), statistics.OldestReaderAge);

        time.Advance(TimeSpan.FromSeconds(2));
        using IReadTransaction young = store.BeginRead();
        Commit(store);
        StoreException refusal = Assert.Throws<StoreException>(() => old.TryGet(Fruit, "a"u8, out _));
        Assert.Equal(StoreError.ReaderExpired, refusal.Error);
        Assert.Equal(StoreError.ReaderExpired, Assert.Throws<StoreException>(() => cursor.MoveNext()).Error);
        Assert.True(young.TryGet(Fruit, "k"u8, out _));
        old.Dispose();
        using IReadTransaction next = store.BeginRead();
        Assert.True(next.TryGet(Fruit, "k"u8, out _));
    }

    [Fact]
    public void GetStatistics_OfAStore_CountsEntriesAndPages()
    {
        using LmdbStore store = LmdbStore.Open(Options());
        using (IWriteTransaction write = store.BeginWrite())
        {
            for (int i = 0; i < 1000; i++) write.Put(Fruit, [(byte)(i >> 8), (byte)(i & 0xff)], new byte[50]);
            write.Put(Stone, "big"u8, new byte[100_000]);
            write.Commit();
        }

        StoreStatistics statistics = store.GetStatistics();
        Assert.Equal(["fruit", "stone"], statistics.Tables.Select(table => table.Name));
        Assert.Equal([1000L, 1L], statistics.Tables.Select(table => table.Entries));
        Assert.InRange(statistics.Tables[0].Bytes, 52_000, 90_000); // Keys in order fill their pages.
        Assert.InRange(statistics.Tables[1].OverflowPages, 25, 26);
        Assert.InRange(statistics.UsedBytes, 150_000, 400_000);
        Assert.Equal(1L << 40, statistics.MapBytes);
        Assert.Equal(0, statistics.Readers);
    }

    [Fact]
    public void BeginWrite_ManyTimes_UsesPagesAgain()
    {
        using LmdbStore store = LmdbStore.Open(Options() with { Durability = LmdbDurability.Normal });
        for (int i = 0; i < 50; i++) Commit(store);
        long used = store.GetStatistics().UsedBytes;
        for (int i = 0; i < 500; i++) Commit(store);

        Assert.InRange(store.GetStatistics().UsedBytes, 0, used + 40_000);
    }

    [Fact]
    public void ReleasePages_OfAStoreThatWasRead_MakesTheProcessSmallerAndLosesNothing()
    {
        if (!OperatingSystem.IsLinux()) return; // Elsewhere nothing is done.

        using LmdbStore store = LmdbStore.Open(Options());
        using (IWriteTransaction write = store.BeginWrite())
        {
            for (int i = 0; i < 200; i++) write.Put(Fruit, [(byte)i], new byte[100_000]);
            write.Commit();
        }

        Assert.Equal(200, Sum(store));
        Assert.InRange(Resident(store.File), 15_000, 40_000);
        store.ReleasePages();
        Assert.InRange(Resident(store.File), 0, 5_000);
        Assert.Equal(200, Sum(store));
    }

    private LmdbOptions Options() => new() { Directory = _directory.Path, Tables = Both };

    private static void Commit(LmdbStore store)
    {
        using IWriteTransaction write = store.BeginWrite();
        write.Put(Fruit, "k"u8, "v"u8);
        write.Commit();
    }

    private static int Sum(LmdbStore store)
    {
        using IReadTransaction read = store.BeginRead();
        using IStoreCursor cursor = read.OpenCursor(Fruit);
        int count = 0;
        while (cursor.MoveNext()) count += cursor.Value.IndexOfAnyExcept((byte)0) < 0 ? 1 : 0;
        return count;
    }

    /// <summary>Kilobytes of a file's map that count as memory of this process.</summary>
    private static int Resident(string file)
    {
        using IEnumerator<string> lines = File.ReadLines("/proc/self/smaps").GetEnumerator();
        while (lines.MoveNext())
        {
            if (!lines.Current.EndsWith(file, StringComparison.Ordinal)) continue;

            while (lines.MoveNext())
            {
                if (lines.Current.StartsWith("Rss:", StringComparison.Ordinal))
                {
                    return int.Parse(lines.Current.AsSpan()[4..^2].Trim());
                }
            }
        }

        return -1;
    }

    private static int Count(LmdbStore store)
    {
        using IReadTransaction read = store.BeginRead();
        using IStoreCursor cursor = read.OpenCursor(Fruit);
        int count = 0;
        while (cursor.MoveNext()) count++;
        return count;
    }
}
