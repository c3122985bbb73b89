using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Koinon.Evm.Frames;

/// <summary>The memories of all frames of a run, one behind the other in one native block that may move when it
/// grows.</summary>
/// <remarks>Owned by one machine. Bytes are zeroed when a frame first grows over them.</remarks>
internal sealed unsafe class MemoryArena : IDisposable
{
    private const nuint CapacityMin = 64 * 1024;

    /// <summary>After a run at most this much is kept for the next one.</summary>
    private const nuint CapacityKept = 16 * 1024 * 1024;

    ~MemoryArena() => Free();

    /// <summary>The first byte. Valid until the next <see cref="Reserve"/>.</summary>
    internal byte* Base { get; private set; }

    /// <summary>Bytes reserved.</summary>
    internal nuint Capacity { get; private set; }

    /// <summary>Makes room; what was written stays.</summary>
    internal void Reserve(nuint length)
    {
        if (length > Capacity)
        {
            nuint capacity = Math.Max(Math.Max(CapacityMin, 2 * Capacity), length + 1_024);
            Base = (byte*)NativeMemory.AlignedRealloc(Base, capacity, 32);
            Capacity = capacity;
        }
    }

    /// <summary>Gives back what a greedy run reserved.</summary>
    internal void Trim()
    {
        if (Capacity > CapacityKept)
        {
            Free();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Free()
    {
        NativeMemory.AlignedFree(Base);
        Base = null;
        Capacity = 0;
    }
}
