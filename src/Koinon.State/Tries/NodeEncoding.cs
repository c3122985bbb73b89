using System.Numerics;

namespace Koinon.State.Tries;

/// <summary>The few RLP forms that nodes of a trie are made of, and the hex-prefix form of paths.</summary>
/// <remarks>Written straight into spans whose length the caller has taken from the length functions.</remarks>
internal static class NodeEncoding
{
    /// <summary>First byte of an empty string; an absent child or value.</summary>
    internal const byte StringOffset = 0x80;

    /// <summary>First byte of an empty list.</summary>
    internal const byte ListOffset = 0xc0;

    /// <summary>Set in the first byte of a leaf's path, clear in an extension's.</summary>
    internal const byte LeafFlag = 0x20;

    /// <summary>Set in the first byte of a path with an odd count of nibbles, the first of which stands beside it.
    /// </summary>
    internal const byte OddFlag = 0x10;

    private const int LongestShort = 55;

    /// <summary>Bytes of a string with its header.</summary>
    internal static int StringLength(ReadOnlySpan<byte> value) =>
        value.Length == 1 && value[0] < StringOffset ? 1 : HeaderLength(value.Length) + value.Length;

    /// <summary>Bytes of the header of a string or list that is not a single small byte.</summary>
    internal static int HeaderLength(int payloadLength) =>
        payloadLength <= LongestShort ? 1 : 1 + LengthOfLength(payloadLength);

    /// <summary>Writes a string.</summary>
    /// <returns>How many bytes were written.</returns>
    internal static int WriteString(ReadOnlySpan<byte> value, Span<byte> destination)
    {
        if (value.Length == 1 && value[0] < StringOffset)
        {
            destination[0] = value[0];
            return 1;
        }

        int header = WriteHeader(StringOffset, value.Length, destination);
        value.CopyTo(destination[header..]);
        return header + value.Length;
    }

    /// <summary>Writes the header of a string or a list.</summary>
    /// <param name="offset"><see cref="StringOffset"/> or <see cref="ListOffset"/>.</param>
    /// <param name="payloadLength">Bytes that follow.</param>
    /// <param name="destination">Where.</param>
    /// <returns>How many bytes were written.</returns>
    internal static int WriteHeader(byte offset, int payloadLength, Span<byte> destination)
    {
        if (payloadLength <= LongestShort)
        {
            destination[0] = (byte)(offset + payloadLength);
            return 1;
        }

        int lengthBytes = LengthOfLength(payloadLength);
        destination[0] = (byte)(offset + LongestShort + lengthBytes);
        for (int i = 0; i < lengthBytes; i++)
        {
            destination[1 + i] = unchecked((byte)(payloadLength >> (8 * (lengthBytes - 1 - i))));
        }

        return 1 + lengthBytes;
    }

    /// <summary>Reads the header of an item that this class wrote.</summary>
    /// <param name="encoded">Begins with the item.</param>
    /// <param name="start">Where its payload begins.</param>
    /// <param name="length">Bytes of its payload.</param>
    internal static void ReadHeader(ReadOnlySpan<byte> encoded, out int start, out int length)
    {
        byte first = encoded[0];
        if (first < StringOffset)
        {
            start = 0;
            length = 1;
            return;
        }

        int code = first - (first < ListOffset ? StringOffset : ListOffset);
        if (code <= LongestShort)
        {
            start = 1;
            length = code;
            return;
        }

        start = 1 + code - LongestShort;
        length = 0;
        for (int i = 1; i < start; i++)
        {
            length = (length << 8) | encoded[i];
        }
    }

    /// <summary>Writes nibbles in hex-prefix form.</summary>
    /// <param name="nibbles">One nibble a byte.</param>
    /// <param name="flag"><see cref="LeafFlag"/>, or 0 for an extension.</param>
    /// <param name="destination">Receives 1 + nibbles / 2 bytes.</param>
    internal static void WriteHexPrefix(ReadOnlySpan<byte> nibbles, byte flag, Span<byte> destination)
    {
        bool odd = (nibbles.Length & 1) != 0;
        destination[0] = odd ? (byte)(flag | OddFlag | nibbles[0]) : flag;
        for (int i = odd ? 1 : 0, at = 1; i < nibbles.Length; i += 2, at++)
        {
            destination[at] = (byte)((nibbles[i] << 4) | nibbles[i + 1]);
        }
    }

    private static int LengthOfLength(int length) => ((BitOperations.Log2((uint)length) / 8) + 1);
}
