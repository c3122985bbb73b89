using System.Diagnostics.CodeAnalysis;
using Koinon.Evm.Tracing;
using Koinon.Primitives;

namespace Koinon.Rpc.Tracing;

/// <summary>Reads a frame's memory as instructions do: what lies beyond its end is zero.</summary>
internal static class MemoryRange
{
    /// <summary>Memory costs a unit of gas more for each so many words squared (yellow paper, appendix H).</summary>
    private const uint QuadraticDivisor = 512;

    /// <summary>Reads what an instruction is about to read.</summary>
    /// <param name="step">The instruction.</param>
    /// <param name="offset">Where the range begins.</param>
    /// <param name="length">Its length.</param>
    /// <param name="range">A copy of it.</param>
    /// <returns>Whether the gas may pay for it; where it does not, the instruction fails.</returns>
    public static bool TryRead(
        in Step step, in UInt256 offset, in UInt256 length, [NotNullWhen(true)] out byte[]? range)
    {
        range = null;
        if (length.IsZero)
        {
            range = [];
            return true;
        }

        if (!offset.IsUInt64 || !length.IsUInt64)
        {
            return false;
        }

        UInt128 end = (UInt128)offset.U0 + length.U0;
        UInt128 words = (end + UInt256.Size - 1) / UInt256.Size;
        if (end > (ulong)step.Memory.Length && words * words / QuadraticDivisor > (ulong)step.GasLeft)
        {
            return false;
        }

        range = Copy(step.Memory, offset.U0, (int)length.U0);
        return true;
    }

    /// <summary>A copy of a range that is known to be small enough.</summary>
    public static byte[] Copy(ReadOnlySpan<byte> memory, ulong offset, int length)
    {
        byte[] range = new byte[length];
        if (offset < (ulong)memory.Length)
        {
            ReadOnlySpan<byte> tail = memory[(int)offset..];
            tail[..Math.Min(tail.Length, length)].CopyTo(range);
        }

        return range;
    }
}
