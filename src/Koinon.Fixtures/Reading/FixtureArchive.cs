using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;

namespace Koinon.Fixtures.Reading;

/// <summary>Reads the files of a tar archive one after another, without unpacking it to disk.</summary>
/// <remarks><c>.tar</c> and <c>.tar.gz</c> by the framework, <c>.tar.xz</c> through the program <c>xz</c>.</remarks>
public static class FixtureArchive
{
    /// <summary>Whether the name is that of an archive.</summary>
    public static bool IsArchive(string path) =>
        EndsWith(path, ".tar") || EndsWith(path, ".tar.gz") || EndsWith(path, ".tgz") || EndsWith(path, ".tar.xz");

    /// <summary>The archive's files in its order; each is loaded, and disposed by whoever takes it.</summary>
    /// <exception cref="FixtureFormatException">The archive is damaged, or its decompressor is missing.</exception>
    /// <exception cref="IOException">The archive cannot be read.</exception>
    public static IEnumerable<FixtureFile> Read(string path)
    {
        using Process? decompressor = EndsWith(path, ".xz") ? StartXz(path) : null;
        using Stream stream = decompressor is not null ? decompressor.StandardOutput.BaseStream : Open(path);
        using TarReader reader = new(stream);
        while (Next(reader, path) is { } entry)
        {
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
            {
                yield return Load(path, entry);
            }
        }

        decompressor?.WaitForExit();
        if (decompressor is { ExitCode: not 0 })
        {
            throw new FixtureFormatException(
                $"{path}: xz ended with exit code {decompressor.ExitCode}: "
                + decompressor.StandardError.ReadToEnd().Trim());
        }
    }

    private static Stream Open(string path)
    {
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        return EndsWith(path, ".tar") ? file : new GZipStream(file, CompressionMode.Decompress);
    }

    private static Process StartXz(string path)
    {
        ProcessStartInfo start = new("xz") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("--decompress");
        start.ArgumentList.Add("--stdout");
        start.ArgumentList.Add("--");
        start.ArgumentList.Add(Path.GetFullPath(path));
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new FixtureFormatException(
                $"{path}: the program xz is not installed (Debian, Ubuntu: apt-get install xz-utils), "
                + "or unpack the archive and name its folder.");
        }
    }

    private static TarEntry? Next(TarReader reader, string path)
    {
        try
        {
            return reader.GetNextEntry();
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw new FixtureFormatException($"{path} is no whole archive: {exception.Message}");
        }
    }

    private static FixtureFile Load(string path, TarEntry entry)
    {
        try
        {
            return FixtureFile.FromStream($"{path}!{entry.Name}", entry.DataStream ?? Stream.Null, entry.Length);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw new FixtureFormatException($"{path} ends inside {entry.Name}: {exception.Message}");
        }
    }

    private static bool EndsWith(string path, string ending) =>
        path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
