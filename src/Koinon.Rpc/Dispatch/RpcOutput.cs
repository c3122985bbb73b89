using System.Buffers;

namespace Koinon.Rpc.Dispatch;

/// <summary>
/// Where an answer is written: it is collected in pooled memory and sent whole, or, where a method streams, in pieces.
/// </summary>
/// <remarks>Not thread-safe: one answer, one writer at a time.</remarks>
public abstract class RpcOutput : IBufferWriter<byte>, IDisposable
{
    private const int FirstSegmentBytes = 4 * 1024;
    private const int SegmentBytesMax = 128 * 1024;

    // Whole segments before the current one; nearly every answer needs none.
    private List<(byte[] Rented, int Length)>? _full;
    private byte[]? _current;
    private int _length;
    private int _fullLength;
    private bool _isDisposed;

    /// <summary>How many bytes are held, not sent.</summary>
    public int HeldBytes => _fullLength + _length;

    /// <summary>Whether a piece was sent: what was held before can no longer be taken back.</summary>
    public bool HasSent => FlushCount > 0;

    /// <summary>How many pieces were sent.</summary>
    internal int FlushCount { get; private set; }

    /// <summary>How many bytes may be held; more ends the writing with <see cref="RpcOutputFullException"/>.</summary>
    internal int HeldBytesMax { get; set; } = int.MaxValue;

    /// <inheritdoc/>
    public void Advance(int count) => _length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _current.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _current.AsSpan(_length);
    }

    /// <summary>Sends what is held as a piece, and waits until there is room for more.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        FlushCount++;
        await SendAsync(isLast: false, cancellation).ConfigureAwait(false);
        Release();
    }

    /// <summary>Sends the rest; nothing where nothing was written.</summary>
    public async ValueTask CompleteAsync(CancellationToken cancellation)
    {
        await SendAsync(isLast: true, cancellation).ConfigureAwait(false);
        Release();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            Release();
            Dispose(isDisposing: true);
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>The pieces of memory that hold what is to be sent, in order.</summary>
    protected IEnumerable<ReadOnlyMemory<byte>> HeldSegments()
    {
        foreach ((byte[] rented, int length) in _full ?? [])
        {
            yield return rented.AsMemory(0, length);
        }

        if (_length > 0)
        {
            yield return _current.AsMemory(0, _length);
        }
    }

    /// <summary>Sends <see cref="HeldSegments"/>, and waits until there is room for more.</summary>
    /// <param name="isLast">Whether the answer ends with them.</param>
    /// <param name="cancellation">Ends when the caller has gone.</param>
    protected abstract ValueTask SendAsync(bool isLast, CancellationToken cancellation);

    /// <summary>Gives up what the transport holds for this answer.</summary>
    protected virtual void Dispose(bool isDisposing)
    {
    }

    /// <summary>Takes back what was written since fewer bytes were held; none of it may have been sent.</summary>
    internal void Rewind(int heldBytes)
    {
        while (_full is { Count: > 0 } && _fullLength > heldBytes)
        {
            ArrayPool<byte>.Shared.Return(_current!);
            (_current, _length) = _full[^1];
            _full.RemoveAt(_full.Count - 1);
            _fullLength -= _length;
        }

        _length = heldBytes - _fullLength;
    }

    private void Reserve(int size)
    {
        if (_current is not null && _current.Length - _length >= size)
        {
            return;
        }

        if (HeldBytes > HeldBytesMax)
        {
            throw new RpcOutputFullException();
        }

        int next = FirstSegmentBytes;
        if (_current is not null)
        {
            (_full ??= []).Add((_current, _length));
            _fullLength += _length;
            next = Math.Min(2 * _current.Length, SegmentBytesMax);
            _length = 0;
        }

        _current = ArrayPool<byte>.Shared.Rent(Math.Max(next, size));
    }

    private void Release()
    {
        foreach ((byte[] rented, _) in _full ?? [])
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        _full?.Clear();
        if (_current is not null)
        {
            ArrayPool<byte>.Shared.Return(_current);
            _current = null;
        }

        _length = 0;
        _fullLength = 0;
    }
}
