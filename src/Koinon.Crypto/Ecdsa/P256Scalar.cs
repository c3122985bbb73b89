using System.Buffers.Binary;

namespace Koinon.Crypto.Ecdsa;

/// <summary>An integer modulo n, the order of P-256's group, in four limbs of 64 bits, least significant
/// first.</summary>
/// <remarks>For public values only: verification is all it serves.</remarks>
internal readonly struct P256Scalar
{
    /// <summary>Length of an encoded scalar in bytes.</summary>
    internal const int Bytes = 32;

    private const ulong Order0 = 0xF3B9CAC2FC632551;
    private const ulong Order1 = 0xBCE6FAADA7179E84;
    private const ulong Order2 = 0xFFFFFFFFFFFFFFFF;
    private const ulong Order3 = 0xFFFFFFFF00000000;

    /// <summary>-1/n modulo 2⁶⁴.</summary>
    private const ulong NegatedInverse = 0xCCD1C8AAEE00BC4F;

    private readonly ulong _l0, _l1, _l2, _l3;

    private P256Scalar(ulong l0, ulong l1, ulong l2, ulong l3)
    {
        _l0 = l0;
        _l1 = l1;
        _l2 = l2;
        _l3 = l3;
    }

    /// <summary>Whether this is zero.</summary>
    internal bool IsZero => (_l0 | _l1 | _l2 | _l3) == 0;

    /// <summary>2⁵¹² mod n, which takes a value into Montgomery form.</summary>
    private static P256Scalar MontgomerySquare =>
        new(0x83244C95BE79EEA2, 0x4699799C49BD6FA6, 0x2845B2392B6BEC59, 0x66E12D94F3D95620);

    /// <summary>Reads 32 big-endian bytes modulo n.</summary>
    /// <returns><see langword="false"/> when they were n or more.</returns>
    internal static bool Read(ReadOnlySpan<byte> source, out P256Scalar result)
    {
        P256Scalar plain = new(
            BinaryPrimitives.ReadUInt64BigEndian(source[24..]),
            BinaryPrimitives.ReadUInt64BigEndian(source[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(source[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(source));
        result = Reduce(plain, 0);
        return result._l0 == plain._l0;
    }

    /// <summary>Gives the limbs, least significant first.</summary>
    internal void CopyTo(Span<ulong> words)
    {
        words[0] = _l0;
        words[1] = _l1;
        words[2] = _l2;
        words[3] = _l3;
    }

    /// <summary>The field element of the same value, in Montgomery form: n is below p.</summary>
    internal P256Field ToField()
    {
        P256Field.ToMontgomery(P256Field.FromWords(_l0, _l1, _l2, _l3), out P256Field result);
        return result;
    }

    /// <summary>Gives the field element this + n, the other x coordinate that has this as its residue modulo n.
    /// </summary>
    /// <returns><see langword="false"/> when it would be p or more: no point has it.</returns>
    internal bool TryAddOrder(out P256Field x)
    {
        // p - n: 0x4319055358E8617B0C46353D039CDAAE.
        UInt128 lower = new(_l1, _l0);
        if ((_l2 | _l3) != 0 || lower >= new UInt128(0x4319055358E8617B, 0x0C46353D039CDAAE))
        {
            x = default;
            return false;
        }

        UInt128 sum = lower + new UInt128(Order1, Order0);
        ulong carry = sum < lower ? 1UL : 0UL;
        UInt128 upper = new UInt128(Order3, Order2) + carry;
        P256Field plain = P256Field.FromWords((ulong)sum, (ulong)(sum >> 64), (ulong)upper, (ulong)(upper >> 64));
        P256Field.ToMontgomery(in plain, out x);
        return true;
    }

    /// <summary>a · b.</summary>
    internal static P256Scalar Multiply(in P256Scalar a, in P256Scalar b) =>
        MultiplyMontgomery(MultiplyMontgomery(in a, in b), MontgomerySquare);

    /// <summary>1/a, or zero of zero.</summary>
    internal P256Scalar InvertVartime()
    {
        Span<ulong> words = [_l0, _l1, _l2, _l3];
        SafeGcd.InvertVartime(words, [Order0, Order1, Order2, Order3], NegatedInverse);
        return new P256Scalar(words[0], words[1], words[2], words[3]);
    }

    /// <summary>a · b / 2²⁵⁶.</summary>
    private static P256Scalar MultiplyMontgomery(in P256Scalar a, in P256Scalar b)
    {
        ReadOnlySpan<ulong> factors = [b._l0, b._l1, b._l2, b._l3];
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0;
        foreach (ulong factor in factors)
        {
            // t += a · factor, then t = (t + q·n) / 2⁶⁴; t stays below 2n.
            ulong carry = MultiplyAdd(a._l0, factor, t0, 0, out t0);
            carry = MultiplyAdd(a._l1, factor, t1, carry, out t1);
            carry = MultiplyAdd(a._l2, factor, t2, carry, out t2);
            carry = MultiplyAdd(a._l3, factor, t3, carry, out t3);
            t4 += carry;
            ulong t5 = t4 < carry ? 1UL : 0UL;
            ulong q = t0 * NegatedInverse;
            carry = MultiplyAdd(q, Order0, t0, 0, out _);
            carry = MultiplyAdd(q, Order1, t1, carry, out t0);
            carry = MultiplyAdd(q, Order2, t2, carry, out t1);
            carry = MultiplyAdd(q, Order3, t3, carry, out t2);
            t3 = t4 + carry;
            t4 = t5 + (t3 < carry ? 1UL : 0UL);
        }

        return Reduce(new P256Scalar(t0, t1, t2, t3), t4);
    }

    /// <summary>Takes n off a value below 2n, given as four limbs and a fifth bit, unless it is below n.</summary>
    private static P256Scalar Reduce(in P256Scalar value, ulong top)
    {
        UInt128 lower = new(value._l1, value._l0);
        UInt128 upper = new(value._l3, value._l2);
        UInt128 orderLower = new(Order1, Order0);
        UInt128 orderUpper = new(Order3, Order2);
        if (top == 0 && (upper < orderUpper || (upper == orderUpper && lower < orderLower)))
        {
            return value;
        }

        ulong borrow = lower < orderLower ? 1UL : 0UL;
        lower -= orderLower;
        upper -= orderUpper + borrow;
        return new P256Scalar((ulong)lower, (ulong)(lower >> 64), (ulong)upper, (ulong)(upper >> 64));
    }

    private static ulong MultiplyAdd(ulong a, ulong b, ulong c, ulong d, out ulong low)
    {
        ulong high = Math.BigMul(a, b, out ulong product);
        product += c;
        high += product < c ? 1UL : 0UL;
        product += d;
        high += product < d ? 1UL : 0UL;
        low = product;
        return high;
    }
}
