using System.Runtime.CompilerServices;

namespace Koinon.Crypto.Modular;

/// <summary>Powers in a ring by sliding windows over the exponent's bits.</summary>
internal static unsafe class SlidingWindow
{
    /// <summary>The widest window.</summary>
    private const int MaximumWidth = 6;

    /// <summary>Residues of workspace that an exponent of this many bits needs.</summary>
    internal static int WorkspaceResidues(long bits) => 1 << (WidthFor(bits) - 1);

    /// <summary>Raises a residue to a power.</summary>
    /// <param name="ring">The ring.</param>
    /// <param name="result">Receives the power; the base does not stand there.</param>
    /// <param name="value">The base, in the ring's form.</param>
    /// <param name="exponent">The exponent, big-endian; its first byte is not zero.</param>
    /// <param name="odds">Workspace: the odd powers of the base.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Power<T>(in T ring, ulong* result, ulong* value, ReadOnlySpan<byte> exponent, ulong* odds)
        where T : struct, IModularRing
    {
        nint size = ring.Limbs;
        nint bits = (nint)BitLength(exponent);
        int width = WidthFor(bits);
        Copy(odds, value, size);
        if (width > 1)
        {
            // The square of the base stands in the result until the table is made.
            ring.Square(result, value);
            for (nint i = 1; i < 1 << (width - 1); i++)
            {
                ring.Multiply(odds + (i * size), odds + ((i - 1) * size), result);
            }
        }

        bool started = false;
        for (nint bit = bits - 1; bit >= 0;)
        {
            if (!IsSet(exponent, bit))
            {
                ring.Square(result, result);
                bit--;
                continue;
            }

            // A window begins and ends with a set bit: the power in the table is odd.
            nint last = Math.Max(bit - width + 1, 0);
            while (!IsSet(exponent, last))
            {
                last++;
            }

            int window = 0;
            for (; bit >= last; bit--)
            {
                window = (window << 1) | (IsSet(exponent, bit) ? 1 : 0);
                if (started)
                {
                    ring.Square(result, result);
                }
            }

            ulong* power = odds + ((window >> 1) * size);
            if (started)
            {
                ring.Multiply(result, result, power);
            }
            else
            {
                Copy(result, power, size);
                started = true;
            }
        }
    }

    /// <summary>Bits of a big-endian number without leading zero bytes.</summary>
    internal static long BitLength(ReadOnlySpan<byte> number) =>
        ((long)number.Length * 8) - (byte.LeadingZeroCount(number[0]));

    /// <summary>The width that costs least: a table of 2^(width - 1) against a product each width + 1 bits.</summary>
    private static int WidthFor(long bits) => bits switch
    {
        <= 6 => 1,
        <= 24 => 2,
        <= 80 => 3,
        <= 240 => 4,
        <= 672 => 5,
        _ => MaximumWidth,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsSet(ReadOnlySpan<byte> bigEndian, nint bit) =>
        ((bigEndian[bigEndian.Length - 1 - (int)(bit >> 3)] >> (int)(bit & 7)) & 1) != 0;

    private static void Copy(ulong* to, ulong* from, nint size) =>
        new ReadOnlySpan<ulong>(from, (int)size).CopyTo(new Span<ulong>(to, (int)size));
}
