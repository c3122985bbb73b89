using System.Buffers;

namespace Koinon.Rpc.Connections;

/// <summary>A message while it arrives, in a rented array that grows with it.</summary>
internal sealed class RpcMessage : IDisposable
{
    private const int FirstBytes = 1024;

    private byte[] _rented = ArrayPool<byte>.Shared.Rent(FirstBytes);

    /// <summary>How long it is so far.</summary>
    public int Length { get; private set; }

    /// <summary>What arrived so far.</summary>
    public ReadOnlyMemory<byte> Bytes => _rented.AsMemory(0, Length);

    /// <summary>Room for the next part: at least one byte.</summary>
    public Memory<byte> Room()
    {
        if (Length == _rented.Length)
        {
            Grow(1);
        }

        return _rented.AsMemory(Length);
    }

    /// <summary>Takes over what was put into <see cref="Room"/>.</summary>
    public void Advance(int count) => Length += count;

    /// <summary>Appends a part.</summary>
    public void Append(ReadOnlySpan<byte> part)
    {
        if (_rented.Length - Length < part.Length)
        {
            Grow(part.Length);
        }

        part.CopyTo(_rented.AsSpan(Length));
        Length += part.Length;
    }

    /// <summary>Forgets what arrived.</summary>
    public void Clear() => Length = 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_rented.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_rented);
            _rented = [];
            Length = 0;
        }
    }

    private void Grow(int more)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _rented.Length, Length + more));
        _rented.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_rented);
        _rented = larger;
    }
}
