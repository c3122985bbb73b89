using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Koinon.Primitives;

namespace Koinon.Evm.Frames;

// Memory and return data of the running frame.
internal sealed unsafe partial class Machine
{
    // The gas of this many bytes is over 2⁵⁰: no block can pay for it, and offsets below it never wrap.
    private const ulong MemoryBytesMax = 0x1F_FFFF_FFE0;

    // What one frame can be given: lengths in it fit an int. It costs 2⁴³ gas; a run that could pay for more (only
    // with gas limits that no network has) ends as if it could not.
    private const ulong MemoryBytesReservable = 0x7fff_0000;

    /// <summary>Makes a range of memory usable and charges for its growth.</summary>
    /// <returns>The gas left, negative where it did not suffice.</returns>
    internal long ExpandMemory(long gas, in UInt256 offset, in UInt256 length)
    {
        if (length.IsZero)
        {
            return gas;
        }

        return offset.IsUInt64 && length.IsUInt64 && offset.U0 < MemoryBytesMax && length.U0 < MemoryBytesMax
            ? ExpandMemory(gas, offset.U0 + length.U0)
            : Fail(HaltReason.OutOfGas);
    }

    /// <summary>Makes memory usable up to an end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal long ExpandMemory(long gas, ulong end) => end <= MemorySize ? gas : GrowMemory(gas, end);

    /// <summary>Makes one word at a word-sized offset usable; for loads and stores whose fast path failed.</summary>
    internal long ExpandMemory(long gas, in UInt256 offset, uint length) =>
        offset.IsUInt64 && offset.U0 < MemoryBytesMax
            ? ExpandMemory(gas, offset.U0 + length)
            : Fail(HaltReason.OutOfGas);

    /// <summary>Keeps bytes as what the last call returned.</summary>
    internal void SetReturnData(ReadOnlySpan<byte> data)
    {
        data.CopyTo(ReserveReturnData(data.Length));
        ReturnLength = data.Length;
    }

    /// <summary>Room for return data, to be declared by <see cref="ReturnLength"/>.</summary>
    internal Span<byte> ReserveReturnData(int length)
    {
        _returnData.Reserve((nuint)length);
        return new Span<byte>(_returnData.Base, length);
    }

    /// <summary>A range of the running frame's memory, already made usable.</summary>
    internal Span<byte> MemorySpan(in UInt256 offset, in UInt256 length)
    {
        // In bounds: the range was paid for by ExpandMemory, so both fit and end within the frame's memory.
        Debug.Assert(length.IsZero || offset.U0 + length.U0 <= MemorySize, "Memory is expanded before it is used.");
        return length.IsZero ? [] : new Span<byte>(Memory + offset.U0, checked((int)length.U0));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long GrowMemory(long gas, ulong end)
    {
        // Below 2³⁸ bytes: words stay below 2³³, and their square may need more than 64 bits before it is divided.
        long words = (long)((end + 31) / 32);
        long cost = (words * Fork.Gas.MemoryWord) + (long)((UInt128)words * (UInt128)words / 512);
        gas = Charge(gas, cost - Frame.MemoryGas);
        if (gas < 0)
        {
            return gas;
        }

        if (end > MemoryBytesReservable)
        {
            return Fail(HaltReason.OutOfGas);
        }

        Frame.MemoryGas = cost;
        nuint size = (nuint)words * 32;
        _memory.Reserve(Frame.MemoryStart + size);
        Memory = _memory.Base + Frame.MemoryStart;
        NativeMemory.Clear(Memory + MemorySize, size - MemorySize);
        MemorySize = size;
        return gas;
    }
}
