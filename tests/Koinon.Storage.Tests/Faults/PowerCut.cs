namespace Koinon.Storage.Tests.Faults;

/// <summary>What a disk may hold after its power was cut at some instant.</summary>
/// <remarks>
/// Everything before the last sync is there, and every write that returned only when it was on disk. Of the other
/// writes any set of sectors of 512 bytes may be there, of the one in flight also a beginning that ends within a
/// sector of a page that names others.
/// </remarks>
internal static class PowerCut
{
    private const int Sector = 512;

    /// <param name="before">The file before the first call.</param>
    /// <param name="calls">What was asked of the disk.</param>
    /// <param name="cut">How many calls had returned; the next was in flight.</param>
    /// <param name="random">Which sectors were lucky.</param>
    public static byte[] Image(byte[] before, IReadOnlyList<DiskCall> calls, int cut, Random random)
    {
        using MemoryStream disk = new();
        disk.Write(before);
        int synced = cut - 1;
        while (synced >= 0 && !calls[synced].IsSync) synced--;
        int luck = random.Next(5) switch { 0 => 0, 1 => 100, 2 => 5, 3 => 95, _ => 50 };
        for (int i = 0; i <= cut && i < calls.Count; i++)
        {
            DiskCall call = calls[i];
            if (call.IsSync) continue;

            bool isThere = i < synced || (call.IsDurable && i < cut);
            if (isThere) Write(disk, call.Offset, call.Bytes);
            else if (i == cut && call.IsMeta && random.Next(2) == 0) WriteBeginning(disk, call, random);
            else WriteLucky(disk, call, luck, random);
        }

        return disk.ToArray();
    }

    private static void WriteBeginning(MemoryStream disk, DiskCall call, Random random) =>
        Write(disk, call.Offset, call.Bytes.AsSpan(0, random.Next(call.Bytes.Length / 8) * 8));

    private static void WriteLucky(MemoryStream disk, DiskCall call, int luck, Random random)
    {
        for (int at = 0; at < call.Bytes.Length;)
        {
            int length = Math.Min(call.Bytes.Length - at, Sector - (int)((call.Offset + at) % Sector));
            if (random.Next(100) < luck) Write(disk, call.Offset + at, call.Bytes.AsSpan(at, length));
            at += length;
        }
    }

    private static void Write(MemoryStream disk, long offset, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;

        if (disk.Length < offset) disk.SetLength(offset);
        disk.Position = offset;
        disk.Write(bytes);
    }
}
