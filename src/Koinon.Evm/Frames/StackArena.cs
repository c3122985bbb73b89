using System.Runtime.InteropServices;
using Koinon.Primitives;

namespace Koinon.Evm.Frames;

/// <summary>The stacks of all frames of a run: 1,024 words each in native memory that never moves, made when first
/// needed.</summary>
/// <remarks>Owned by one machine. Never cleared: a word is written before it is read.</remarks>
internal sealed unsafe class StackArena : IDisposable
{
    /// <summary>The most words on a stack (yellow paper, section 9.1).</summary>
    internal const int WordsMax = 1_024;

    // One word below, which an empty stack's top points at, and guard words above.
    private const int Stride = WordsMax + 8;
    private const int StacksPerSlab = 8;

    private readonly List<nint> _slabs = [];

    ~StackArena() => Free();

    /// <summary>The word below the first of a depth's stack.</summary>
    internal UInt256* Base(int depth)
    {
        int slab = depth / StacksPerSlab;
        while (_slabs.Count <= slab)
        {
            _slabs.Add((nint)NativeMemory.AlignedAlloc(Stride * StacksPerSlab * UInt256.Size, 64));
        }

        return (UInt256*)_slabs[slab] + (depth % StacksPerSlab * Stride);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        foreach (nint slab in _slabs)
        {
            NativeMemory.AlignedFree((void*)slab);
        }

        _slabs.Clear();
    }
}
