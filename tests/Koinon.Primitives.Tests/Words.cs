using System.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace Koinon.Primitives.Tests;

/// <summary>Words for tests: the extremes, any words with shrinking, and their way to the oracle's numbers.</summary>
internal static class Words
{
    /// <summary>2²⁵⁶.</summary>
    internal static readonly BigInteger Modulus = BigInteger.One << 256;

    /// <summary>Zero, one, small numbers, the greatest, powers of two at the limbs' borders, and neighbours.</summary>
    internal static readonly UInt256[] Extremes = MakeExtremes();

    /// <summary>Any words: short and long ones, with limbs of all zeros, all ones, one bit, or anything.</summary>
    internal static Arbitrary<UInt256> Any()
    {
        Gen<ulong> limb = Gen.OneOf(
            Gen.Elements(0UL, 1UL, 2UL, ulong.MaxValue, ulong.MaxValue - 1, 1UL << 63, uint.MaxValue, 1UL << 32),
            Gen.Choose(0, 63).Select(bit => 1UL << bit),
            Gen.Choose(int.MinValue, int.MaxValue).Two().Select(pair =>
                unchecked(((ulong)(uint)pair.Item1 << 32) | (uint)pair.Item2)));
        Gen<UInt256> word = limb.Four().SelectMany(limbs => Gen.Choose(0, 4).Select(length => new UInt256(
            length > 3 ? limbs.Item4 : 0,
            length > 2 ? limbs.Item3 : 0,
            length > 1 ? limbs.Item2 : 0,
            length > 0 ? limbs.Item1 : 0)));
        return Arb.From(Gen.OneOf(word, Gen.Elements(Extremes)), Shrink);
    }

    /// <summary>The word of a number, taken modulo 2²⁵⁶: negative numbers in two's complement.</summary>
    internal static UInt256 ToWord(BigInteger number) =>
        UInt256.FromBigEndian((((number % Modulus) + Modulus) % Modulus).ToByteArray(true, true));

    /// <summary>The number of a word.</summary>
    internal static BigInteger ToNumber(in UInt256 word)
    {
        byte[] bytes = new byte[UInt256.Size];
        word.WriteBigEndian(bytes);
        return new BigInteger(bytes, true, true);
    }

    /// <summary>The number of a word in two's complement.</summary>
    internal static BigInteger ToSigned(in UInt256 word)
    {
        BigInteger number = ToNumber(word);
        return number >= Modulus / 2 ? number - Modulus : number;
    }

    private static UInt256[] MakeExtremes()
    {
        List<BigInteger> numbers = [0, 1, 2, 3, 10, Modulus - 1, Modulus - 2, Modulus - 3, Modulus / 3];
        foreach (int bit in new[] { 31, 32, 63, 64, 65, 127, 128, 191, 192, 255 })
        {
            BigInteger power = BigInteger.One << bit;
            numbers.AddRange([power - 1, power, power + 1, Modulus - power]);
        }

        return numbers.Distinct().Select(ToWord).ToArray();
    }

    private static IEnumerable<UInt256> Shrink(UInt256 word)
    {
        if (word.IsZero)
        {
            yield break;
        }

        yield return word >> 64;
        yield return word >> 1;
        yield return word & new UInt256(0, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);
        yield return word - UInt256.One;
    }
}
