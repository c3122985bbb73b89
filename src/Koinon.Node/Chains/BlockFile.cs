using System.Buffers.Binary;
using System.IO.Compression;

namespace Koinon.Node.Chains;

/// <summary>A file of blocks, one after another in RLP, as geth exports them; <c>.gz</c> is unpacked.</summary>
public sealed class BlockFile : IDisposable
{
    /// <summary>No block is longer: what claims to be is not one.</summary>
    private const int BlockBytesMax = 256 << 20;

    private readonly FileStream _file;
    private readonly Stream _bytes;
    private readonly byte[] _head = new byte[9];

    /// <summary>Opens a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public BlockFile(string path)
    {
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
        _bytes = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new BufferedStream(new GZipStream(_file, CompressionMode.Decompress), 1 << 20)
            : _file;
    }

    /// <summary>How much of the file was read.</summary>
    public long Position => _file.Position;

    /// <summary>How long the file is.</summary>
    public long Length => _file.Length;

    /// <summary>Reads the next block; <see langword="null"/> at the end.</summary>
    /// <exception cref="InvalidDataException">There is something else than a block.</exception>
    public async ValueTask<byte[]?> ReadAsync(CancellationToken cancellation)
    {
        if (await _bytes.ReadAsync(_head.AsMemory(0, 1), cancellation).ConfigureAwait(false) == 0) return null;

        int lengthBytes = _head[0] - 0xf7;
        if (_head[0] < 0xc0) throw new InvalidDataException($"no block begins with the byte 0x{_head[0]:x2}");

        long length = _head[0] - 0xc0;
        int headBytes = 1;
        try
        {
            if (lengthBytes > 0)
            {
                await _bytes.ReadExactlyAsync(_head.AsMemory(1, lengthBytes), cancellation).ConfigureAwait(false);
                headBytes += lengthBytes;
                length = lengthBytes > 4 ? long.MaxValue : ReadLength(_head.AsSpan(1, lengthBytes));
            }

            if (length > BlockBytesMax) throw new InvalidDataException("a block is said to be over 256 MiB long");

            byte[] block = GC.AllocateUninitializedArray<byte>(headBytes + (int)length);
            _head.AsSpan(0, headBytes).CopyTo(block);
            await _bytes.ReadExactlyAsync(block.AsMemory(headBytes), cancellation).ConfigureAwait(false);
            return block;
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException("the file ends within a block");
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _bytes.Dispose();
        _file.Dispose();
    }

    private static long ReadLength(ReadOnlySpan<byte> bytes)
    {
        Span<byte> word = stackalloc byte[sizeof(uint)];
        word.Clear();
        bytes.CopyTo(word[(sizeof(uint) - bytes.Length)..]);
        return BinaryPrimitives.ReadUInt32BigEndian(word);
    }
}
