using Koinon.Primitives;

namespace Koinon.State.Stored;

/// <summary>The form of a slot's value in the table of slots: without leading zeros, and one zero byte for zero, which
/// stands only where a state beneath must be hidden.</summary>
internal static class StoredSlot
{
    /// <summary>Reads a value.</summary>
    internal static UInt256 Read(ReadOnlySpan<byte> value) => UInt256.FromBigEndian(value);

    /// <summary>Writes a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="destination">At least 32 bytes.</param>
    /// <returns>How many were written.</returns>
    internal static int Write(in UInt256 value, Span<byte> destination)
    {
        if (value.IsZero)
        {
            destination[0] = 0;
            return 1;
        }

        return value.WriteTrimmedBigEndian(destination);
    }
}
