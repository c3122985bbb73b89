namespace Koinon.Node.Development.States;

/// <summary>A stream whose first bytes were read already.</summary>
/// <param name="first">The first byte; -1 where the stream was at its end.</param>
/// <param name="second">The second byte; -1 where the stream was at its end.</param>
/// <param name="rest">What follows.</param>
internal sealed class PrefixedStream(int first, int second, Stream rest) : Stream
{
    private int _given;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        int next = _given == 0 ? first : _given == 1 ? second : -1;
        if (next >= 0)
        {
            buffer[0] = (byte)next;
            _given++;
            return 1;
        }

        return rest.Read(buffer);
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
