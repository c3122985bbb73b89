using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Koinon.Crypto.Ecdsa;

/// <summary>An element of secp256k1's field, p = 2²⁵⁶ - 2³² - 977, in five limbs of 52 bits, least significant
/// first.</summary>
/// <remarks>
/// The limbs have room above their 52 (the last: 48) bits, so that sums, differences and small multiples need no carry.
/// A value of <em>magnitude</em> m has limbs of at most 2m(2⁵² - 1) (the last: 2m(2⁴⁸ - 1)). Products take magnitudes
/// up to 8 and give 1; sums add the magnitudes of their terms; each use states its magnitudes in a comment. A value is
/// <em>normal</em> when its limbs are those of its least residue.
/// Every member runs in time independent of the value unless its name ends in Vartime.
/// The form is that of libsecp256k1's field_5x52.
/// </remarks>
internal struct K1Field
{
    /// <summary>Length of an encoded element in bytes.</summary>
    internal const int Bytes = 32;

    private const ulong Mask52 = 0xFFFFFFFFFFFFF;
    private const ulong Mask48 = 0xFFFFFFFFFFFF;

    /// <summary>The lowest limb of p; the others are all ones.</summary>
    private const ulong Prime0 = 0xFFFFEFFFFFC2F;

    /// <summary>2²⁵⁶ mod p.</summary>
    private const ulong Fold = 0x1000003D1;

    /// <summary>2²⁶⁰ mod p: what a carry out of the fifth full limb is worth.</summary>
    private const ulong Fold260 = Fold << 4;

    /// <summary>The limbs, least significant first.</summary>
    internal ulong L0, L1, L2, L3, L4;

    internal K1Field(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4)
    {
        L0 = l0;
        L1 = l1;
        L2 = l2;
        L3 = l3;
        L4 = l4;
    }

    /// <summary>One.</summary>
    internal static K1Field One => new(1, 0, 0, 0, 0);

    /// <summary>Whether the least residue of a normal value is odd.</summary>
    internal readonly bool IsOdd => (L0 & 1) != 0;

    /// <summary>Makes an element of four 64-bit words, least significant first; they may be at least p.</summary>
    internal static K1Field FromWords(ulong w0, ulong w1, ulong w2, ulong w3) => new(
        w0 & Mask52,
        ((w0 >> 52) | (w1 << 12)) & Mask52,
        ((w1 >> 40) | (w2 << 24)) & Mask52,
        ((w2 >> 28) | (w3 << 36)) & Mask52,
        w3 >> 16);

    /// <summary>Reads 32 big-endian bytes.</summary>
    /// <returns><see langword="false"/> when they are p or more; <paramref name="result"/> is then their residue's
    /// unreduced form.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> source, out K1Field result)
    {
        result = FromWords(
            BinaryPrimitives.ReadUInt64BigEndian(source[24..]),
            BinaryPrimitives.ReadUInt64BigEndian(source[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(source[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(source));
        return !(result.L4 == Mask48 & (result.L3 & result.L2 & result.L1) == Mask52 & result.L0 >= Prime0);
    }

    /// <summary>Gives the four 64-bit words of a normal value, least significant first.</summary>
    internal readonly void ToWords(out ulong w0, out ulong w1, out ulong w2, out ulong w3)
    {
        w0 = L0 | (L1 << 52);
        w1 = (L1 >> 12) | (L2 << 40);
        w2 = (L2 >> 24) | (L3 << 28);
        w3 = (L3 >> 36) | (L4 << 16);
    }

    /// <summary>Writes a normal value as 32 big-endian bytes.</summary>
    internal readonly void Write(Span<byte> destination)
    {
        ToWords(out ulong w0, out ulong w1, out ulong w2, out ulong w3);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], w0);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], w1);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], w2);
        BinaryPrimitives.WriteUInt64BigEndian(destination, w3);
    }

    /// <summary>Brings a value of any magnitude up to 32 to its least residue.</summary>
    internal void Normalize()
    {
        ulong t0 = L0, t1 = L1, t2 = L2, t3 = L3, t4 = L4;
        ulong x = t4 >> 48;
        t4 &= Mask48;
        t0 += x * Fold;
        t1 += t0 >> 52;
        t0 &= Mask52;
        t2 += t1 >> 52;
        t1 &= Mask52;
        ulong ones = t1;
        t3 += t2 >> 52;
        t2 &= Mask52;
        ones &= t2;
        t4 += t3 >> 52;
        t3 &= Mask52;
        ones &= t3;

        // One p is still to come off when bit 256 is set or the value lies in p .. 2²⁵⁶ - 1.
        x = (t4 >> 48) | Bit(t4 == Mask48 & ones == Mask52 & t0 >= Prime0);
        t0 += x * Fold;
        t1 += t0 >> 52;
        t0 &= Mask52;
        t2 += t1 >> 52;
        t1 &= Mask52;
        t3 += t2 >> 52;
        t2 &= Mask52;
        t4 += t3 >> 52;
        t3 &= Mask52;
        t4 &= Mask48;
        L0 = t0;
        L1 = t1;
        L2 = t2;
        L3 = t3;
        L4 = t4;
    }

    /// <summary>Brings a value to magnitude 1 without making it least.</summary>
    internal void NormalizeWeakly()
    {
        ulong t0 = L0, t1 = L1, t2 = L2, t3 = L3, t4 = L4;
        ulong x = t4 >> 48;
        t4 &= Mask48;
        t0 += x * Fold;
        t1 += t0 >> 52;
        t2 += t1 >> 52;
        t3 += t2 >> 52;
        t4 += t3 >> 52;
        L0 = t0 & Mask52;
        L1 = t1 & Mask52;
        L2 = t2 & Mask52;
        L3 = t3 & Mask52;
        L4 = t4;
    }

    /// <summary>Whether the value, of any magnitude up to 32, is zero modulo p.</summary>
    internal readonly bool IsZeroModulo()
    {
        K1Field t = this;
        t.NormalizeWeakly();

        // After the weak step the value is below 2p: zero modulo p means 0 or p.
        ulong zeros = t.L0 | t.L1 | t.L2 | t.L3 | t.L4;
        ulong prime = (t.L0 ^ 0x1000003D0) & t.L1 & t.L2 & t.L3 & (t.L4 ^ 0xF000000000000);
        return zeros == 0 | prime == Mask52;
    }

    /// <summary>Whether two values are equal modulo p; <paramref name="a"/> has magnitude 1, <paramref name="b"/> at
    /// most 30.</summary>
    internal static bool AreEqual(in K1Field a, in K1Field b)
    {
        Negate(in a, 1, out K1Field t);
        Add(in t, in b, out t);
        return t.IsZeroModulo();
    }

    /// <summary>r = a + b; magnitudes add.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Add(in K1Field a, in K1Field b, out K1Field r)
    {
        ulong l0 = a.L0 + b.L0, l1 = a.L1 + b.L1, l2 = a.L2 + b.L2, l3 = a.L3 + b.L3, l4 = a.L4 + b.L4;
        r.L0 = l0;
        r.L1 = l1;
        r.L2 = l2;
        r.L3 = l3;
        r.L4 = l4;
    }

    /// <summary>r = a · factor; the magnitude is multiplied too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void MultiplySmall(in K1Field a, uint factor, out K1Field r)
    {
        ulong l0 = a.L0 * factor, l1 = a.L1 * factor, l2 = a.L2 * factor, l3 = a.L3 * factor, l4 = a.L4 * factor;
        r.L0 = l0;
        r.L1 = l1;
        r.L2 = l2;
        r.L3 = l3;
        r.L4 = l4;
    }

    /// <summary>r = -a for an a of at most the given magnitude m; r has magnitude m + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Negate(in K1Field a, uint magnitude, out K1Field r)
    {
        ulong times = 2 * ((ulong)magnitude + 1);
        ulong l0 = (Prime0 * times) - a.L0;
        ulong l1 = (Mask52 * times) - a.L1;
        ulong l2 = (Mask52 * times) - a.L2;
        ulong l3 = (Mask52 * times) - a.L3;
        ulong l4 = (Mask48 * times) - a.L4;
        r.L0 = l0;
        r.L1 = l1;
        r.L2 = l2;
        r.L3 = l3;
        r.L4 = l4;
    }

    /// <summary>r = a / 2; magnitude m becomes m/2 + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Halve(in K1Field a, out K1Field r)
    {
        // p is odd: adding it to an odd value makes it even.
        ulong mask = (ulong)-(long)(a.L0 & 1) >> 12;
        ulong t0 = a.L0 + (Prime0 & mask), t1 = a.L1 + mask, t2 = a.L2 + mask, t3 = a.L3 + mask;
        ulong t4 = a.L4 + (mask >> 4);
        r.L0 = (t0 >> 1) + ((t1 & 1) << 51);
        r.L1 = (t1 >> 1) + ((t2 & 1) << 51);
        r.L2 = (t2 >> 1) + ((t3 & 1) << 51);
        r.L3 = (t3 >> 1) + ((t4 & 1) << 51);
        r.L4 = t4 >> 1;
    }

    /// <summary>r = a when <paramref name="mask"/> is all ones, r unchanged when it is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void MoveIf(ref K1Field r, in K1Field a, ulong mask)
    {
        r.L0 ^= mask & (r.L0 ^ a.L0);
        r.L1 ^= mask & (r.L1 ^ a.L1);
        r.L2 ^= mask & (r.L2 ^ a.L2);
        r.L3 ^= mask & (r.L3 ^ a.L3);
        r.L4 ^= mask & (r.L4 ^ a.L4);
    }

    /// <summary>r = a · b; magnitudes at most 8 each, result 1. r may be a or b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Multiply(in K1Field a, in K1Field b, out K1Field r)
    {
        Debug.Assert(FitsProduct(in a) && FitsProduct(in b), "A factor's magnitude exceeds 8.");
        ulong a0 = a.L0, a1 = a.L1, a2 = a.L2, a3 = a.L3, a4 = a.L4;
        ulong b0 = b.L0, b1 = b.L1, b2 = b.L2, b3 = b.L3, b4 = b.L4;

        // c and d are 128-bit sums; [x y z] below is x·2¹⁰⁴ + y·2⁵² + z, pk the k-th column of the product.
        // d = p3, c = p8.
        ulong dh = Math.BigMul(a0, b3, out ulong dl);
        MultiplyAdd(a1, b2, ref dh, ref dl);
        MultiplyAdd(a2, b1, ref dh, ref dl);
        MultiplyAdd(a3, b0, ref dh, ref dl);
        ulong ch = Math.BigMul(a4, b4, out ulong cl);

        // [c 0 0 0 0 d 0 0 0] = [p8 0 0 0 0 p3 0 0 0]
        MultiplyAdd(cl, Fold260, ref dh, ref dl);
        ulong t3 = dl & Mask52;
        ShiftDown52(ref dh, ref dl);

        // d takes in p4 and what is left of p8.
        MultiplyAdd(a0, b4, ref dh, ref dl);
        MultiplyAdd(a1, b3, ref dh, ref dl);
        MultiplyAdd(a2, b2, ref dh, ref dl);
        MultiplyAdd(a3, b1, ref dh, ref dl);
        MultiplyAdd(a4, b0, ref dh, ref dl);
        MultiplyAdd(ch, Fold260 << 12, ref dh, ref dl);
        ulong t4 = dl & Mask52;
        ShiftDown52(ref dh, ref dl);
        ulong tx = t4 >> 48;
        t4 &= Mask48;

        // c = p0, d takes in p5.
        ch = Math.BigMul(a0, b0, out cl);
        MultiplyAdd(a1, b4, ref dh, ref dl);
        MultiplyAdd(a2, b3, ref dh, ref dl);
        MultiplyAdd(a3, b2, ref dh, ref dl);
        MultiplyAdd(a4, b1, ref dh, ref dl);
        ulong u0 = ((dl & Mask52) << 4) | tx;
        ShiftDown52(ref dh, ref dl);
        MultiplyAdd(u0, Fold, ref ch, ref cl);
        ulong r0 = cl & Mask52;
        ShiftDown52(ref ch, ref cl);

        // c takes in p1, d p6.
        MultiplyAdd(a0, b1, ref ch, ref cl);
        MultiplyAdd(a1, b0, ref ch, ref cl);
        MultiplyAdd(a2, b4, ref dh, ref dl);
        MultiplyAdd(a3, b3, ref dh, ref dl);
        MultiplyAdd(a4, b2, ref dh, ref dl);
        MultiplyAdd(dl & Mask52, Fold260, ref ch, ref cl);
        ShiftDown52(ref dh, ref dl);
        ulong r1 = cl & Mask52;
        ShiftDown52(ref ch, ref cl);

        // c takes in p2, d p7.
        MultiplyAdd(a0, b2, ref ch, ref cl);
        MultiplyAdd(a1, b1, ref ch, ref cl);
        MultiplyAdd(a2, b0, ref ch, ref cl);
        MultiplyAdd(a3, b4, ref dh, ref dl);
        MultiplyAdd(a4, b3, ref dh, ref dl);
        MultiplyAdd(dl, Fold260, ref ch, ref cl);
        ulong r2 = cl & Mask52;
        ShiftDown52(ref ch, ref cl);
        MultiplyAdd(dh, Fold260 << 12, ref ch, ref cl);
        AddLow(t3, ref ch, ref cl);
        ulong r3 = cl & Mask52;
        ShiftDown52(ref ch, ref cl);
        r.L0 = r0;
        r.L1 = r1;
        r.L2 = r2;
        r.L3 = r3;
        r.L4 = cl + t4;
    }

    /// <summary>r = a²; magnitude at most 8, result 1. r may be a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Square(in K1Field a, out K1Field r)
    {
        Debug.Assert(FitsProduct(in a), "The factor's magnitude exceeds 8.");
        ulong a0 = a.L0, a1 = a.L1, a2 = a.L2, a3 = a.L3, a4 = a.L4;

        // The steps of Multiply, with equal products taken once and doubled.
        ulong dh = Math.BigMul(a0 * 2, a3, out ulong dl);
        MultiplyAdd(a1 * 2, a2, ref dh, ref dl);
        ulong ch = Math.BigMul(a4, a4, out ulong cl);
        MultiplyAdd(cl, Fold260, ref dh, ref dl);
        ulong t3 = dl & Mask52;
        ShiftDown52(ref dh, ref dl);
        a4 *= 2;
        MultiplyAdd(a0, a4, ref dh, ref dl);
        MultiplyAdd(a1 * 2, a3, ref dh, ref dl);
        MultiplyAdd(a2, a2, ref dh, ref dl);
        MultiplyAdd(ch, Fold260 << 12, ref dh, ref dl);
        ulong t4 = dl & Mask52;
        ShiftDown52(ref dh, ref dl);
        ulong tx = t4 >> 48;
        t4 &= Mask48;
        ch = Math.BigMul(a0, a0, out cl);
        MultiplyAdd(a1, a4, ref dh, ref dl);
        MultiplyAdd(a2 * 2, a3, ref dh, ref dl);
        ulong u0 = ((dl & Mask52) << 4) | tx;
        ShiftDown52(ref dh, ref dl);
        MultiplyAdd(u0, Fold, ref ch, ref cl);
        ulong r0 = cl & Mask52;
        ShiftDown52(ref ch, ref cl);
        a0 *= 2;
        MultiplyAdd(a0, a1, ref ch, ref cl);
        MultiplyAdd(a2, a4, ref dh, ref dl);
        MultiplyAdd(a3, a3, ref dh, ref dl);
        MultiplyAdd(dl & Mask52, Fold260, ref ch, ref cl);
        ShiftDown52(ref dh, ref dl);
        ulong r1 = cl & Mask52;
        ShiftDown52(ref ch, ref cl);
        MultiplyAdd(a0, a2, ref ch, ref cl);
        MultiplyAdd(a1, a1, ref ch, ref cl);
        MultiplyAdd(a3, a4, ref dh, ref dl);
        MultiplyAdd(dl, Fold260, ref ch, ref cl);
        ulong r2 = cl & Mask52;
        ShiftDown52(ref ch, ref cl);
        MultiplyAdd(dh, Fold260 << 12, ref ch, ref cl);
        AddLow(t3, ref ch, ref cl);
        ulong r3 = cl & Mask52;
        ShiftDown52(ref ch, ref cl);
        r.L0 = r0;
        r.L1 = r1;
        r.L2 = r2;
        r.L3 = r3;
        r.L4 = cl + t4;
    }

    /// <summary>Gives a root of a when a is a square: a^((p + 1)/4). Magnitude at most 8, result 1.</summary>
    /// <returns>Whether a is a square; the result means nothing when it is not.</returns>
    internal static bool TrySquareRoot(in K1Field a, out K1Field root)
    {
        // (p + 1)/4 in binary is 223 ones, a zero, 22 ones, 0000 11 00.
        OnesPowers(in a, out K1Field x2, out K1Field x22, out K1Field x223);
        SquareTimes(in x223, 23, out K1Field t);
        Multiply(in t, in x22, out t);
        SquareTimes(in t, 6, out t);
        Multiply(in t, in x2, out t);
        SquareTimes(in t, 2, out root);
        Square(in root, out t);
        return AreEqual(in t, in a);
    }

    /// <summary>r = a^(p - 2), the inverse of a, or zero of zero. Magnitude at most 8, result 1.</summary>
    internal static void Invert(in K1Field a, out K1Field r)
    {
        // p - 2 in binary is 223 ones, a zero, 22 ones, 0000 1011 01.
        OnesPowers(in a, out K1Field x2, out K1Field x22, out K1Field x223);
        SquareTimes(in x223, 23, out K1Field t);
        Multiply(in t, in x22, out t);
        SquareTimes(in t, 5, out t);
        Multiply(in t, in a, out t);
        SquareTimes(in t, 3, out t);
        Multiply(in t, in x2, out t);
        SquareTimes(in t, 2, out t);
        Multiply(in a, in t, out r);
    }

    /// <summary>Replaces each element by its inverse, all for the price of one inversion and three products each.
    /// </summary>
    /// <param name="elements">Nonzero elements of magnitude at most 8; the results have magnitude 1.</param>
    /// <param name="scratch">Working room of the same length.</param>
    internal static void InvertMany(Span<K1Field> elements, Span<K1Field> scratch)
    {
        if (elements.IsEmpty)
        {
            return;
        }

        // scratch[i] is the product of elements 0 to i.
        scratch[0] = elements[0];
        for (int i = 1; i < elements.Length; i++)
        {
            Multiply(in scratch[i - 1], in elements[i], out scratch[i]);
        }

        Invert(in scratch[elements.Length - 1], out K1Field inverse);
        for (int i = elements.Length - 1; i > 0; i--)
        {
            K1Field element = elements[i];
            Multiply(in inverse, in scratch[i - 1], out elements[i]);
            Multiply(in inverse, in element, out inverse);
        }

        elements[0] = inverse;
    }

    /// <summary>a^(2^k - 1) for k = 2, 22 and 223.</summary>
    private static void OnesPowers(in K1Field a, out K1Field x2, out K1Field x22, out K1Field x223)
    {
        Square(in a, out x2);
        Multiply(in x2, in a, out x2);
        Square(in x2, out K1Field x3);
        Multiply(in x3, in a, out x3);
        SquareTimes(in x3, 3, out K1Field x6);
        Multiply(in x6, in x3, out x6);
        SquareTimes(in x6, 3, out K1Field x9);
        Multiply(in x9, in x3, out x9);
        SquareTimes(in x9, 2, out K1Field x11);
        Multiply(in x11, in x2, out x11);
        SquareTimes(in x11, 11, out x22);
        Multiply(in x22, in x11, out x22);
        SquareTimes(in x22, 22, out K1Field x44);
        Multiply(in x44, in x22, out x44);
        SquareTimes(in x44, 44, out K1Field x88);
        Multiply(in x88, in x44, out x88);
        SquareTimes(in x88, 88, out K1Field x176);
        Multiply(in x176, in x88, out x176);
        SquareTimes(in x176, 44, out K1Field x220);
        Multiply(in x220, in x44, out x220);
        SquareTimes(in x220, 3, out x223);
        Multiply(in x223, in x3, out x223);
    }

    private static void SquareTimes(in K1Field a, int times, out K1Field r)
    {
        Square(in a, out r);
        for (int i = 1; i < times; i++)
        {
            Square(in r, out r);
        }
    }

    /// <summary>(hi, lo) += a · b; the callers' magnitudes keep the sum below 2¹²⁸.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyAdd(ulong a, ulong b, ref ulong hi, ref ulong lo)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        lo += low;
        hi += high + (lo < low ? 1UL : 0UL);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddLow(ulong a, ref ulong hi, ref ulong lo)
    {
        lo += a;
        hi += lo < a ? 1UL : 0UL;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ShiftDown52(ref ulong hi, ref ulong lo)
    {
        lo = (lo >> 52) | (hi << 12);
        hi >>= 52;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bit(bool value) => value ? 1UL : 0UL;

    private static bool FitsProduct(in K1Field a) =>
        ((a.L0 | a.L1 | a.L2 | a.L3) >> 56) == 0 && (a.L4 >> 52) == 0;
}
