using System.Buffers;
using System.Text;

namespace Koinon.Fixtures;

/// <summary>Lines of a trace on their way to a stream, through a buffer that is emptied when it is full.</summary>
/// <param name="stream">Where they go; not closed.</param>
/// <remarks>One writer at a time.</remarks>
public sealed class TraceOutput(Stream stream) : IBufferWriter<byte>
{
    private const int BufferBytes = 1 << 16;

    private byte[] _buffer = new byte[BufferBytes];
    private int _length;

    /// <inheritdoc/>
    public void Advance(int count) => _length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_buffer.Length - _length < Math.Max(sizeHint, 1)) Flush();
        if (_buffer.Length < sizeHint) _buffer = new byte[sizeHint];
        return _buffer.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Writes a line.</summary>
    public void WriteLine(string line)
    {
        Span<byte> span = GetSpan(Encoding.UTF8.GetMaxByteCount(line.Length) + 1);
        int length = Encoding.UTF8.GetBytes(line, span);
        span[length] = (byte)'\n';
        Advance(length + 1);
    }

    /// <summary>Hands everything to the stream.</summary>
    public void Flush()
    {
        stream.Write(_buffer, 0, _length);
        stream.Flush();
        _length = 0;
    }
}
