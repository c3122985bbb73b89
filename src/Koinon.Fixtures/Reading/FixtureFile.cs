using System.Buffers;

namespace Koinon.Fixtures.Reading;

/// <summary>One file of a run, on disk or out of an archive.</summary>
/// <remarks>Its bytes are in a pooled buffer from <see cref="Load"/> on until it is disposed; one owner.</remarks>
public sealed class FixtureFile : IDisposable
{
    private readonly string? _path;
    private byte[]? _buffer;

    private FixtureFile(string name, string? path, long length, byte[]? buffer)
    {
        Name = name;
        Length = length;
        _path = path;
        _buffer = buffer;
    }

    /// <summary>The path as the user named it, or the archive and the entry: what reports call the file.</summary>
    public string Name { get; }

    /// <summary>Bytes in the file.</summary>
    public long Length { get; }

    /// <summary>A file on disk, read when it is loaded.</summary>
    public static FixtureFile OnDisk(string path, long length) => new(path, path, length, null);

    /// <summary>An entry of an archive, read now since the archive moves on.</summary>
    /// <exception cref="FixtureFormatException">The entry is larger than an array.</exception>
    /// <exception cref="EndOfStreamException">The archive ends inside the entry.</exception>
    public static FixtureFile FromStream(string name, Stream stream, long length)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(CheckedLength(name, length));
        stream.ReadExactly(buffer, 0, (int)length);
        return new FixtureFile(name, null, length, buffer);
    }

    /// <summary>The bytes, read on the first call.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public ReadOnlyMemory<byte> Load()
    {
        if (_buffer is null)
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(CheckedLength(Name, Length));
            using FileStream stream = new(_path!, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            stream.ReadExactly(buffer, 0, (int)Length);
            _buffer = buffer;
        }

        return _buffer.AsMemory(0, (int)Length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        byte[]? buffer = _buffer;
        _buffer = null;
        if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
    }

    private static int CheckedLength(string name, long length) => length <= Array.MaxLength
        ? (int)length
        : throw new FixtureFormatException($"{name} has {length} bytes; {Array.MaxLength} is the most of one file.");
}
