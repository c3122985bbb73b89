using System.Globalization;
using System.Runtime.InteropServices;

namespace Koinon.Storage.Tests.Faults;

/// <summary>The addresses of the functions that a loaded library imports (its ELF global offset table).</summary>
internal sealed unsafe partial class ImportTable
{
    private const int DynamicSegment = 2, ReadWrite = 3;
    private const long StringTable = 5, SymbolTable = 6, Relocations = 7, RelocationBytes = 8, JumpRelocations = 23,
        JumpRelocationBytes = 2;

    private readonly Dictionary<string, List<nint>> _slots = [];
    private readonly List<(nint Slot, nint Original)> _replaced = [];

    private ImportTable(nint image)
    {
        Dictionary<long, nint> dynamic = ReadDynamic((byte*)image);
        Add(image, dynamic, JumpRelocations, JumpRelocationBytes);
        Add(image, dynamic, Relocations, RelocationBytes);
    }

    public int Replaced => _replaced.Count;

    /// <summary>The table of the library whose file name has a part.</summary>
    public static ImportTable Of(string name)
    {
        NativeLibrary.Load(Lmdb.LmdbNative.Library);
        string line = File.ReadLines("/proc/self/maps").First(line => line.Contains(name, StringComparison.Ordinal));
        return new ImportTable(nint.Parse(line.AsSpan(0, line.IndexOf('-')), NumberStyles.HexNumber));
    }

    public void Replace(string function, nint replacement)
    {
        if (!_slots.TryGetValue(function, out List<nint>? slots)) return;

        foreach (nint slot in slots)
        {
            // The loader may have made the page read-only after it filled the table.
            nint page = slot & ~(nint)(Environment.SystemPageSize - 1);
            Assert.Equal(0, Protect(page, (nuint)Environment.SystemPageSize, ReadWrite));
            _replaced.Add((slot, *(nint*)slot));
            *(nint*)slot = replacement;
        }
    }

    public void Restore()
    {
        foreach ((nint slot, nint original) in _replaced) *(nint*)slot = original;
        _replaced.Clear();
    }

    private static Dictionary<long, nint> ReadDynamic(byte* image)
    {
        long headers = *(long*)(image + 32);
        int size = *(ushort*)(image + 54), count = *(ushort*)(image + 56);
        Dictionary<long, nint> entries = [];
        for (int i = 0; i < count; i++)
        {
            byte* header = image + headers + (i * size);
            if (*(int*)header != DynamicSegment) continue;

            for (long* entry = (long*)(image + *(long*)(header + 16)); *entry != 0; entry += 2)
            {
                entries[entry[0]] = (nint)entry[1];
            }
        }

        return entries;
    }

    private void Add(nint image, Dictionary<long, nint> dynamic, long table, long bytes)
    {
        if (!dynamic.TryGetValue(table, out nint start)) return;

        byte* names = (byte*)At(dynamic[StringTable]), symbols = (byte*)At(dynamic[SymbolTable]);
        byte* first = (byte*)At(start);
        for (byte* entry = first; entry < first + dynamic[bytes]; entry += 24)
        {
            long symbol = (long)(*(ulong*)(entry + 8) >> 32);
            if (symbol == 0) continue;

            string name = Marshal.PtrToStringUTF8((nint)(names + *(uint*)(symbols + (symbol * 24)))) ?? "";
            if (!_slots.TryGetValue(name, out List<nint>? slots)) _slots[name] = slots = [];
            slots.Add(image + *(nint*)entry);
        }

        // Some loaders leave these addresses relative to the image.
        nint At(nint address) => address < image ? image + address : address;
    }

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nuint length, int protection);
}
