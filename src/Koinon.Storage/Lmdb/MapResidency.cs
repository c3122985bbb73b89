using System.Globalization;
using System.Runtime.InteropServices;

namespace Koinon.Storage.Lmdb;

/// <summary>Lets go of the pages of the map that were read, so that they do not count as the process's
/// memory.</summary>
/// <remarks>
/// The system's cache of the file keeps them, and the next read of one finds it there: some microseconds, once. What
/// would grow with the file otherwise is only what is shown as the process's memory; but limits go by that.
/// </remarks>
/// <param name="start">Where the map begins; 0 where it is not known, and nothing is done then.</param>
internal sealed partial class MapResidency(nint start)
{
    private const int DontNeed = 4;

    /// <summary>Finds the map of a file in this process.</summary>
    public static MapResidency Of(string file)
    {
        if (!OperatingSystem.IsLinux()) return new MapResidency(0);

        string path = " " + Path.GetFullPath(file);
        foreach (string line in File.ReadLines("/proc/self/maps"))
        {
            if (!line.EndsWith(path, StringComparison.Ordinal)) continue;

            ReadOnlySpan<char> address = line.AsSpan(0, line.IndexOf('-', StringComparison.Ordinal));
            return new MapResidency(nint.Parse(address, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        }

        return new MapResidency(0);
    }

    /// <summary>Lets go of the first bytes of the map; whoever reads there meanwhile is not disturbed.</summary>
    public void Release(long bytes)
    {
        if (start != 0) _ = Advise(start, (nuint)bytes, DontNeed);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint start, nuint length, int advice);
}
