using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Koinon.Crypto.Ecdsa;

/// <summary>An integer modulo n, the order of secp256k1's group, in four limbs of 64 bits, least significant first,
/// always reduced.</summary>
/// <remarks>Every member runs in time independent of the value unless its name ends in Vartime.</remarks>
internal struct K1Scalar
{
    /// <summary>Length of an encoded scalar in bytes.</summary>
    internal const int Bytes = 32;

    /// <summary>n, least significant limb first.</summary>
    internal const ulong Order0 = 0xBFD25E8CD0364141;

    /// <inheritdoc cref="Order0"/>
    internal const ulong Order1 = 0xBAAEDCE6AF48A03B;

    /// <inheritdoc cref="Order0"/>
    internal const ulong Order2 = 0xFFFFFFFFFFFFFFFE;

    /// <inheritdoc cref="Order0"/>
    internal const ulong Order3 = 0xFFFFFFFFFFFFFFFF;

    // 2²⁵⁶ - n; the third limb is 1.
    private const ulong Complement0 = ~Order0 + 1;
    private const ulong Complement1 = ~Order1;
    private const ulong Complement2 = 1;

    // -1/n modulo 2⁶⁴.
    private const ulong NegatedInverse = 0x4B0DFF665588B13F;

    // (n - 1) / 2.
    private const ulong Half0 = 0xDFE92F46681B20A0;
    private const ulong Half1 = 0x5D576E7357A4501D;
    private const ulong Half2 = 0xFFFFFFFFFFFFFFFF;
    private const ulong Half3 = 0x7FFFFFFFFFFFFFFF;

    /// <summary>The limbs, least significant first.</summary>
    internal ulong L0, L1, L2, L3;

    internal K1Scalar(ulong l0, ulong l1, ulong l2, ulong l3)
    {
        L0 = l0;
        L1 = l1;
        L2 = l2;
        L3 = l3;
    }

    /// <summary>Whether this is zero.</summary>
    internal readonly bool IsZero => (L0 | L1 | L2 | L3) == 0;

    /// <summary>Whether this is odd.</summary>
    internal readonly bool IsOdd => (L0 & 1) != 0;

    /// <summary>All ones when this exceeds (n - 1)/2, zero otherwise.</summary>
    internal readonly ulong HighMask
    {
        get
        {
            ulong borrow = SubtractBorrow(Half0, L0, 0, out _);
            borrow = SubtractBorrow(Half1, L1, borrow, out _);
            borrow = SubtractBorrow(Half2, L2, borrow, out _);
            return 0 - SubtractBorrow(Half3, L3, borrow, out _);
        }
    }

    /// <summary>Reads 32 big-endian bytes modulo n.</summary>
    /// <returns><see langword="false"/> when they were n or more.</returns>
    internal static bool Read(ReadOnlySpan<byte> source, out K1Scalar result)
    {
        ulong l0 = BinaryPrimitives.ReadUInt64BigEndian(source[24..]);
        ulong l1 = BinaryPrimitives.ReadUInt64BigEndian(source[16..]);
        ulong l2 = BinaryPrimitives.ReadUInt64BigEndian(source[8..]);
        ulong l3 = BinaryPrimitives.ReadUInt64BigEndian(source);
        return ReduceOnce(l0, l1, l2, l3, 0, out result) == 0;
    }

    /// <summary>The field element of the same value: n is below p.</summary>
    internal readonly K1Field ToField() => K1Field.FromWords(L0, L1, L2, L3);

    /// <summary>Gives the field element this + n, the other x coordinate that has this as its residue modulo n.
    /// </summary>
    /// <returns><see langword="false"/> when it would be p or more: no point has it.</returns>
    internal readonly bool TryAddOrder(out K1Field x)
    {
        UInt128 lower = new UInt128(L1, L0) + new UInt128(Order1, Order0);
        ulong carry = lower < new UInt128(Order1, Order0) ? 1UL : 0UL;
        UInt128 upper = new UInt128(L3, L2) + new UInt128(Order3, Order2) + carry;
        x = K1Field.FromWords((ulong)lower, (ulong)(lower >> 64), (ulong)upper, (ulong)(upper >> 64));

        // p - n has 129 bits: anything larger is refused before the sum could pass 2²⁵⁶.
        return (L3 | (L2 >> 1)) == 0 && upper >= new UInt128(Order3, Order2) && x.IsReduced;
    }

    /// <summary>Writes 32 big-endian bytes.</summary>
    internal readonly void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], L0);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], L1);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], L2);
        BinaryPrimitives.WriteUInt64BigEndian(destination, L3);
    }

    /// <summary>r = a + b.</summary>
    internal static void Add(in K1Scalar a, in K1Scalar b, out K1Scalar r)
    {
        ulong carry = AddCarry(a.L0, b.L0, 0, out ulong l0);
        carry = AddCarry(a.L1, b.L1, carry, out ulong l1);
        carry = AddCarry(a.L2, b.L2, carry, out ulong l2);
        carry = AddCarry(a.L3, b.L3, carry, out ulong l3);
        ReduceOnce(l0, l1, l2, l3, carry, out r);
    }

    /// <summary>r = -a.</summary>
    internal static void Negate(in K1Scalar a, out K1Scalar r)
    {
        ulong any = a.L0 | a.L1 | a.L2 | a.L3;
        ulong keep = 0 - ((any | (0 - any)) >> 63);
        ulong borrow = SubtractBorrow(Order0, a.L0, 0, out ulong l0);
        borrow = SubtractBorrow(Order1, a.L1, borrow, out ulong l1);
        borrow = SubtractBorrow(Order2, a.L2, borrow, out ulong l2);
        SubtractBorrow(Order3, a.L3, borrow, out ulong l3);
        r = new K1Scalar(l0 & keep, l1 & keep, l2 & keep, l3 & keep);
    }

    /// <summary>r = a when <paramref name="mask"/> is all ones, r unchanged when it is zero.</summary>
    internal static void MoveIf(ref K1Scalar r, in K1Scalar a, ulong mask)
    {
        r.L0 ^= mask & (r.L0 ^ a.L0);
        r.L1 ^= mask & (r.L1 ^ a.L1);
        r.L2 ^= mask & (r.L2 ^ a.L2);
        r.L3 ^= mask & (r.L3 ^ a.L3);
    }

    /// <summary>Overwrites a secret that is no longer needed; not inlined, so that the write is not optimised away.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Erase(ref K1Scalar scalar) => scalar = default;

    /// <summary>r = a · b.</summary>
    [SkipLocalsInit]
    internal static void Multiply(in K1Scalar a, in K1Scalar b, out K1Scalar r)
    {
        Span<ulong> product = stackalloc ulong[8];
        MultiplyWide(in a, in b, product);
        ReduceWide(product, out r);
    }

    /// <summary>The 512-bit product of two reduced scalars, least significant limb first.</summary>
    internal static void MultiplyWide(in K1Scalar a, in K1Scalar b, Span<ulong> product)
    {
        ulong a0 = a.L0, a1 = a.L1, a2 = a.L2, a3 = a.L3;
        ReadOnlySpan<ulong> factors = [b.L0, b.L1, b.L2, b.L3];
        ulong p0 = 0, p1 = 0, p2 = 0, p3 = 0;
        for (int i = 0; i < 4; i++)
        {
            ulong factor = factors[i];
            ulong carry = MultiplyAdd(a0, factor, p0, 0, out ulong low);
            product[i] = low;
            carry = MultiplyAdd(a1, factor, p1, carry, out p0);
            carry = MultiplyAdd(a2, factor, p2, carry, out p1);
            p3 = MultiplyAdd(a3, factor, p3, carry, out p2);
        }

        product[4] = p0;
        product[5] = p1;
        product[6] = p2;
        product[7] = p3;
    }

    /// <summary>r = 1/a, or zero of zero.</summary>
    internal static void Invert(in K1Scalar a, out K1Scalar r)
    {
        Span<ulong> words = [a.L0, a.L1, a.L2, a.L3];
        SafeGcd.Invert(words, [Order0, Order1, Order2, Order3], NegatedInverse);
        r = new K1Scalar(words[0], words[1], words[2], words[3]);
        words.Clear();
    }

    /// <summary>As <see cref="Invert"/>, faster, in time that depends on a: for public values.</summary>
    internal static void InvertVartime(in K1Scalar a, out K1Scalar r)
    {
        Span<ulong> words = [a.L0, a.L1, a.L2, a.L3];
        SafeGcd.InvertVartime(words, [Order0, Order1, Order2, Order3], NegatedInverse);
        r = new K1Scalar(words[0], words[1], words[2], words[3]);
    }

    /// <summary>Replaces each scalar by its inverse, all for the price of one inversion and three products each.
    /// </summary>
    /// <param name="scalars">Public scalars, none zero.</param>
    /// <param name="scratch">Working room of the same length.</param>
    internal static void InvertManyVartime(Span<K1Scalar> scalars, Span<K1Scalar> scratch)
    {
        if (scalars.IsEmpty)
        {
            return;
        }

        // scratch[i] is the product of scalars 0 to i.
        scratch[0] = scalars[0];
        for (int i = 1; i < scalars.Length; i++)
        {
            Multiply(in scratch[i - 1], in scalars[i], out scratch[i]);
        }

        InvertVartime(in scratch[scalars.Length - 1], out K1Scalar inverse);
        for (int i = scalars.Length - 1; i > 0; i--)
        {
            K1Scalar scalar = scalars[i];
            Multiply(in inverse, in scratch[i - 1], out scalars[i]);
            Multiply(in inverse, in scalar, out inverse);
        }

        scalars[0] = inverse;
    }

    /// <summary>r = the 512-bit number modulo n.</summary>
    private static void ReduceWide(ReadOnlySpan<ulong> wide, out K1Scalar r)
    {
        // 2²⁵⁶ = c (mod n) with c of 129 bits. Three folds of the high part: 512 -> 386 -> 260 -> 257 bits.
        ulong h0 = wide[4], h1 = wide[5], h2 = wide[6], h3 = wide[7];
        ulong carry = MultiplyAdd(h0, Complement0, wide[0], 0, out ulong m0);
        carry = MultiplyAdd(h1, Complement0, wide[1], carry, out ulong m1);
        carry = MultiplyAdd(h2, Complement0, wide[2], carry, out ulong m2);
        ulong m4 = MultiplyAdd(h3, Complement0, wide[3], carry, out ulong m3);
        carry = MultiplyAdd(h0, Complement1, m1, 0, out m1);
        carry = MultiplyAdd(h1, Complement1, m2, carry, out m2);
        carry = MultiplyAdd(h2, Complement1, m3, carry, out m3);
        ulong m5 = MultiplyAdd(h3, Complement1, m4, carry, out m4);
        carry = AddCarry(m2, h0, 0, out m2);
        carry = AddCarry(m3, h1, carry, out m3);
        carry = AddCarry(m4, h2, carry, out m4);
        ulong m6 = AddCarry(m5, h3, carry, out m5);

        // High part now m4, m5, m6 with m6 at most 1: its products with c's upper limbs stay small.
        carry = MultiplyAdd(m4, Complement0, m0, 0, out ulong n0);
        carry = MultiplyAdd(m5, Complement0, m1, carry, out ulong n1);
        carry = MultiplyAdd(m6, Complement0, m2, carry, out ulong n2);
        ulong n4 = AddCarry(m3, carry, 0, out ulong n3);
        carry = MultiplyAdd(m4, Complement1, n1, 0, out n1);
        carry = MultiplyAdd(m5, Complement1, n2, carry, out n2);
        carry = MultiplyAdd(m6, Complement1, n3, carry, out n3);
        n4 += carry;
        carry = AddCarry(n2, m4, 0, out n2);
        carry = AddCarry(n3, m5, carry, out n3);
        n4 += m6 + carry;

        carry = MultiplyAdd(n4, Complement0, n0, 0, out ulong l0);
        carry = MultiplyAdd(n4, Complement1, n1, carry, out ulong l1);
        carry = AddCarry(n2, n4 + carry, 0, out ulong l2);
        carry = AddCarry(n3, 0, carry, out ulong l3);
        ReduceOnce(l0, l1, l2, l3, carry, out r);
    }

    /// <summary>Takes n off a value below 2n, given as four limbs and a fifth bit, unless it is below n.</summary>
    /// <returns>1 when n was taken off, 0 otherwise.</returns>
    private static ulong ReduceOnce(ulong l0, ulong l1, ulong l2, ulong l3, ulong top, out K1Scalar r)
    {
        ulong carry = AddCarry(l0, Complement0, 0, out ulong s0);
        carry = AddCarry(l1, Complement1, carry, out ulong s1);
        carry = AddCarry(l2, Complement2, carry, out ulong s2);
        carry = AddCarry(l3, 0, carry, out ulong s3);
        ulong taken = carry | top;
        ulong mask = 0 - taken;
        r = new K1Scalar(
            l0 ^ (mask & (l0 ^ s0)), l1 ^ (mask & (l1 ^ s1)), l2 ^ (mask & (l2 ^ s2)), l3 ^ (mask & (l3 ^ s3)));
        return taken;
    }

    /// <summary>(result, low) = a · b + c + d, which is below 2¹²⁸ always.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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

    /// <summary>sum = a + b + carry; the carry is 0 or 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong AddCarry(ulong a, ulong b, ulong carry, out ulong sum)
    {
        ulong partial = a + b;
        ulong whole = partial + carry;
        sum = whole;
        return (partial < a ? 1UL : 0UL) | (whole < partial ? 1UL : 0UL);
    }

    /// <summary>difference = a - b - borrow; the borrow is 0 or 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong SubtractBorrow(ulong a, ulong b, ulong borrow, out ulong difference)
    {
        ulong partial = a - b;
        ulong whole = partial - borrow;
        difference = whole;
        return (a < b ? 1UL : 0UL) | (partial < borrow ? 1UL : 0UL);
    }
}
