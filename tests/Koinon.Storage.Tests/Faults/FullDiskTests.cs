using System.Diagnostics;

namespace Koinon.Storage.Tests.Faults;

/// <summary>A disk that is full stops writes with a clear error; nothing is lost, and with room it goes on.</summary>
[Collection(nameof(DiskTap))]
public sealed class FullDiskTests : IDisposable
{
    private static readonly StoreTable Table = new("blocks");

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Commit_WithoutRoom_IsRefusedUntilThereIsRoom()
    {
        using LmdbStore store = Open(_directory.Path);
        using DiskTap tap = new(store.File);
        for (int i = 0; i < 20; i++) Append(store, i);
        for (int trial = 0; trial < 5; trial++)
        {
            tap.Room = new FileInfo(store.File).Length;
            int number = Count(store);
            StoreException full = FillUp(store, ref number);
            Assert.Equal(StoreError.Full, full.Error);
            Assert.Contains("make room", full.Message, StringComparison.Ordinal);
            AssertWhole(store, number);

            tap.Room = long.MaxValue;
            Append(store, number);
            AssertWhole(store, number + 1);
        }
    }

    [Fact]
    public void Commit_OnARealFullDisk_IsRefusedUntilThereIsRoom()
    {
        using TemporaryDisk? disk = TemporaryDisk.TryMount(_directory.Next(), 2);
        if (disk is null) return; // It takes root; the test above stands between library and system instead.

        string ballast = Path.Combine(disk.Path, "ballast");
        using (LmdbStore store = Open(disk.Path))
        {
            Append(store, 0);
            int number = 1;
            File.WriteAllBytes(ballast, new byte[1 << 20]);
            StoreException full = FillUp(store, ref number);
            Assert.Equal(StoreError.Full, full.Error);
            AssertWhole(store, number);
            Assert.Equal(StoreError.Full, FillUp(store, ref number).Error);

            File.Delete(ballast);
            Append(store, number);
            AssertWhole(store, number + 1);
            FillUp(store, ref number);
        }

        using LmdbStore again = Open(disk.Path);
        AssertWhole(again, Count(again));
    }

    [Fact]
    public void Commit_WhenASyncFails_StopsAllWriting()
    {
        using LmdbStore store = Open(_directory.Path);
        Append(store, 0);
        using (DiskTap tap = new(store.File) { FailSync = true })
        {
            Assert.Equal(StoreError.Disk, Assert.Throws<StoreException>(() => Append(store, 1)).Error);
        }

        StoreException refusal = Assert.Throws<StoreException>(() => Append(store, 1));
        Assert.Contains("nothing more is written", refusal.Message, StringComparison.Ordinal);
        AssertWhole(store, 1);
        store.Dispose();
        using LmdbStore again = Open(_directory.Path);
        Append(again, 1);
        AssertWhole(again, 2);
    }

    private static LmdbStore Open(string directory) =>
        LmdbStore.Open(new LmdbOptions { Directory = directory, Tables = [Table], MapBytes = 1 << 28 });

    private static StoreException FillUp(LmdbStore store, ref int number)
    {
        for (; ; number++)
        {
            try
            {
                Append(store, number);
            }
            catch (StoreException failure)
            {
                return failure;
            }
        }
    }

    private static void Append(LmdbStore store, int number)
    {
        using IWriteTransaction write = store.BeginWrite();
        byte[] value = new byte[3000 + (number % 7 * 1000)];
        Array.Fill(value, (byte)(number & 0xff));
        write.Put(Table, Key(number), value);
        write.Commit();
    }

    private static void AssertWhole(LmdbStore store, int count)
    {
        Assert.Equal(count, Count(store));
        using IReadTransaction read = store.BeginRead();
        for (int i = 0; i < count; i++)
        {
            Assert.True(read.TryGet(Table, Key(i), out ReadOnlySpan<byte> value));
            Assert.Equal(3000 + (i % 7 * 1000), value.Length);
            Assert.Equal(-1, value.IndexOfAnyExcept((byte)(i & 0xff)));
        }
    }

    private static int Count(LmdbStore store)
    {
        using IReadTransaction read = store.BeginRead();
        using IStoreCursor cursor = read.OpenCursor(Table);
        int count = 0;
        while (cursor.MoveNext()) count++;
        return count;
    }

    private static byte[] Key(int number) => [(byte)(number >> 8), (byte)(number & 0xff)];

    /// <summary>A small file system in memory, where this process may mount one.</summary>
    private sealed class TemporaryDisk : IDisposable
    {
        public required string Path { get; init; }

        public static TemporaryDisk? TryMount(string path, int megabytes)
        {
            Directory.CreateDirectory(path);
            return Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", path)
                ? new TemporaryDisk { Path = path }
                : null;
        }

        public void Dispose() => Run("umount", Path);

        private static bool Run(string program, params string[] arguments)
        {
            try
            {
                ProcessStartInfo start = new(program, arguments) { RedirectStandardError = true };
                using Process? process = Process.Start(start);
                process?.WaitForExit();
                return process?.ExitCode == 0;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }
    }
}
