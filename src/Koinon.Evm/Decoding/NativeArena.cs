using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Koinon.Evm.Decoding;

/// <summary>Native memory handed out in order and given back all at once. What it handed out never moves.</summary>
/// <remarks>Owned by one decoded code; not thread-safe. Freed by <see cref="Dispose"/> or, at the latest, by the
/// finalizer.</remarks>
internal sealed unsafe class NativeArena : IDisposable
{
    private const int ChunkBytesMin = 4_096;

    private readonly List<(nint Start, int Length)> _chunks = [];
    private int _chunk = -1;
    private byte* _next;
    private byte* _end;

    ~NativeArena() => Free();

    /// <summary>Bytes held, used or not.</summary>
    internal long SizeBytes { get; private set; }

    /// <summary>Hands out bytes that are not cleared, aligned to 16.</summary>
    internal byte* Take(int bytes)
    {
        bytes = (bytes + 15) & ~15;
        while (_end - _next < bytes)
        {
            NextChunk(bytes);
        }

        byte* taken = _next;
        _next += bytes;
        return taken;
    }

    /// <summary>Takes everything back; the memory is kept for the next use.</summary>
    internal void Reset()
    {
        _chunk = -1;
        _next = null;
        _end = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void NextChunk(int bytes)
    {
        _chunk++;
        if (_chunk == _chunks.Count)
        {
            int length = Math.Max(bytes, _chunks.Count == 0 ? ChunkBytesMin / 4 : ChunkBytesMin);
            _chunks.Add(((nint)NativeMemory.AlignedAlloc((nuint)length, 16), length));
            SizeBytes += length;
        }

        (nint start, int size) = _chunks[_chunk];
        _next = (byte*)start;
        _end = _next + size;
    }

    private void Free()
    {
        foreach ((nint start, _) in _chunks)
        {
            NativeMemory.AlignedFree((void*)start);
        }

        _chunks.Clear();
        SizeBytes = 0;
        Reset();
    }
}
