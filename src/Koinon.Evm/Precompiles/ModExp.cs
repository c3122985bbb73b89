using Koinon.Crypto;
using Koinon.Primitives;

namespace Koinon.Evm.Precompiles;

/// <summary>Modular exponentiation of numbers of any length (EIP-198, priced by EIP-198, EIP-2565 or
/// EIP-7883).</summary>
internal sealed class ModExp(ModExpPricing pricing) : Precompile("MODEXP", 5)
{
    private const int HeadLength = 96;
    private const int BoundedLengthMax = 1_024;

    public override long Gas(ReadOnlySpan<byte> input)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        CopyPadded(input, head);
        UInt256 baseLength = UInt256.FromBigEndian(head[..32]);
        UInt256 exponentLength = UInt256.FromBigEndian(head[32..64]);
        UInt256 modulusLength = UInt256.FromBigEndian(head[64..]);
        UInt256 longest = baseLength > modulusLength ? baseLength : modulusLength;
        if (pricing == ModExpPricing.Bounded && (longest > BoundedLengthMax || exponentLength > BoundedLengthMax))
        {
            return long.MaxValue;
        }

        // Above 2⁵³ bytes no gas suffices (or the price is zero, where base and modulus are empty).
        if (longest.BitLength > 53)
        {
            return long.MaxValue;
        }

        UInt256 complexity = Complexity(longest);
        UInt256 iterations = Iterations(input, baseLength, exponentLength);
        if (UInt256.MultiplyOverflow(complexity, iterations, out UInt256 product))
        {
            return long.MaxValue;
        }

        uint divisor = pricing switch { ModExpPricing.Quadratic => 20, ModExpPricing.Words => 3, _ => 1 };
        UInt256 gas = product / divisor;
        long least = pricing switch { ModExpPricing.Quadratic => 0, ModExpPricing.Words => 200, _ => 500 };
        return gas.IsUInt64 && gas.U0 < long.MaxValue ? Math.Max(least, (long)gas.U0) : long.MaxValue;
    }

    public override int OutputLengthMax(ReadOnlySpan<byte> input) => Lengths(input).Modulus;

    public override bool TryRun(ReadOnlySpan<byte> input, Span<byte> output, out int written)
    {
        (int baseLength, int exponentLength, int modulusLength) = Lengths(input);
        written = modulusLength;
        if (modulusLength == 0)
        {
            return true;
        }

        ReadOnlySpan<byte> rest = input.Length > HeadLength ? input[HeadLength..] : [];
        int total = baseLength + exponentLength + modulusLength;
        byte[] padded = System.Buffers.ArrayPool<byte>.Shared.Rent(total);
        Span<byte> operands = padded.AsSpan(0, total);
        CopyPadded(rest, operands);
        ModularExponentiation.Compute(
            operands[..baseLength],
            operands.Slice(baseLength, exponentLength),
            operands[(baseLength + exponentLength)..],
            output[..modulusLength]);
        System.Buffers.ArrayPool<byte>.Shared.Return(padded);
        return true;
    }

    // Lengths that were paid for: they fit; an exponent may be long where base and modulus are empty.
    private static (int Base, int Exponent, int Modulus) Lengths(ReadOnlySpan<byte> input)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        CopyPadded(input, head);
        UInt256 baseLength = UInt256.FromBigEndian(head[..32]);
        UInt256 exponentLength = UInt256.FromBigEndian(head[32..64]);
        UInt256 modulusLength = UInt256.FromBigEndian(head[64..]);
        return modulusLength.IsZero
            ? (0, 0, 0)
            : ((int)baseLength.U0, (int)exponentLength.U0, (int)modulusLength.U0);
    }

    private UInt256 Complexity(in UInt256 longest)
    {
        if (pricing == ModExpPricing.Quadratic)
        {
            UInt256 square = longest * longest;
            return longest <= 64u ? square
                : longest <= 1_024u ? (square / 4u) + (96u * longest) - 3_072u
                : (square / 16u) + (480u * longest) - 199_680u;
        }

        UInt256 words = (longest + 7u) / 8u;
        return pricing == ModExpPricing.Words ? words * words
            : longest <= 32u ? 16u
            : 2u * words * words;
    }

    private UInt256 Iterations(ReadOnlySpan<byte> input, in UInt256 baseLength, in UInt256 exponentLength)
    {
        // The highest 32 bytes of the exponent, fewer where it is shorter, zeros where the input ends.
        Span<byte> head = stackalloc byte[32];
        int headLength = exponentLength < 32u ? (int)exponentLength.U0 : 32;
        head.Clear();
        ulong start = baseLength.U0 + HeadLength;
        if (baseLength.IsUInt64 && start < (ulong)input.Length)
        {
            ReadOnlySpan<byte> exponent = input[(int)start..];
            exponent[..Math.Min(headLength, exponent.Length)].CopyTo(head[(32 - headLength)..]);
        }

        int bits = UInt256.FromBigEndian(head).BitLength;
        UInt256 log = bits > 0 ? (uint)(bits - 1) : 0u;
        uint perByte = pricing == ModExpPricing.Bounded ? 16u : 8u;
        if (exponentLength > 32u)
        {
            if (UInt256.MultiplyOverflow(exponentLength - 32u, perByte, out UInt256 tail) ||
                UInt256.AddOverflow(log, tail, out log))
            {
                return UInt256.MaxValue;
            }
        }

        return log.IsZero ? UInt256.One : log;
    }
}
