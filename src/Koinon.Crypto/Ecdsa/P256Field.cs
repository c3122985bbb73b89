using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Koinon.Crypto.Ecdsa;

/// <summary>An element of P-256's field, p = 2²⁵⁶ - 2²²⁴ + 2¹⁹² + 2⁹⁶ - 1, in Montgomery form (times 2²⁶⁰), in five
/// limbs
/// of 52 bits, least significant first.</summary>
/// <remarks>
/// Magnitudes are those of <see cref="K1Field"/>: a value of magnitude m has limbs of at most 2m(2⁵² - 1) (the last:
/// 2m(2⁴⁸ - 1)), products take up to 8 and give 1, sums add. For public values only: verification is all it serves.
/// </remarks>
internal struct P256Field
{
    /// <summary>Length of an encoded element in bytes.</summary>
    internal const int Bytes = 32;

    private const ulong Mask52 = 0xFFFFFFFFFFFFF;
    private const ulong Mask48 = 0xFFFFFFFFFFFF;

    // p's limbs; the third is zero.
    private const ulong Prime0 = Mask52;
    private const ulong Prime1 = 0xFFFFFFFFFFF;
    private const ulong Prime3 = 0x1000000000;
    private const ulong Prime4 = 0xFFFFFFFF0000;

    // 4p, spread over limbs that each exceed those of a value of magnitude 1; itself of magnitude 2.
    private const ulong Cover0 = 0x2FFFFFFFFFFFFC;
    private const ulong Cover1 = 0x203FFFFFFFFFFD;
    private const ulong Cover2 = 0x1FFFFFFFFFFFFE;
    private const ulong Cover3 = 0x20003FFFFFFFFE;
    private const ulong Cover4 = 0x3FFFFFFFBFFFE;

    // p in 64-bit words, for the inversion.
    private const ulong PrimeWord0 = 0xFFFFFFFFFFFFFFFF;
    private const ulong PrimeWord1 = 0xFFFFFFFF;
    private const ulong PrimeWord3 = 0xFFFFFFFF00000001;

    /// <summary>The limbs, least significant first.</summary>
    internal ulong L0, L1, L2, L3, L4;

    internal P256Field(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4)
    {
        L0 = l0;
        L1 = l1;
        L2 = l2;
        L3 = l3;
        L4 = l4;
    }

    /// <summary>One: 2²⁶⁰ mod p.</summary>
    internal static P256Field One => new(0x10, 0xF000000000000, 0xFFFFFFFFFFFFF, 0xFFEFFFFFFFFFF, 0xFFFFF);

    /// <summary>2⁵²⁰ mod p, which takes a value into Montgomery form.</summary>
    private static P256Field MontgomerySquare =>
        new(0x300, 0xFFFFFFFF00000, 0xFFFFEFFFFFFFB, 0xFDFFFFFFFFFFF, 0x4FFFFFF);

    /// <summary>Makes an element, not in Montgomery form, of four 64-bit words, least significant first.</summary>
    internal static P256Field FromWords(ulong w0, ulong w1, ulong w2, ulong w3) => new(
        w0 & Mask52,
        ((w0 >> 52) | (w1 << 12)) & Mask52,
        ((w1 >> 40) | (w2 << 24)) & Mask52,
        ((w2 >> 28) | (w3 << 36)) & Mask52,
        w3 >> 16);

    /// <summary>Reads 32 big-endian bytes.</summary>
    /// <returns><see langword="false"/> when they are p or more.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> source, out P256Field result)
    {
        P256Field plain = FromWords(
            BinaryPrimitives.ReadUInt64BigEndian(source[24..]),
            BinaryPrimitives.ReadUInt64BigEndian(source[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(source[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(source));
        P256Field reduced = plain;
        reduced.SubtractPrimeIfNotBelow();
        ToMontgomery(in plain, out result);
        // p's lowest limb is not zero: taking p off changes that of the value.
        return reduced.L0 == plain.L0;
    }

    /// <summary>Takes a plain value, magnitude at most 8, into Montgomery form.</summary>
    internal static void ToMontgomery(in P256Field plain, out P256Field result) =>
        Multiply(in plain, MontgomerySquare, out result);

    /// <summary>Gives the four 64-bit words of the least residue, out of Montgomery form.</summary>
    internal readonly void ToWords(Span<ulong> words)
    {
        Multiply(in this, new P256Field(1, 0, 0, 0, 0), out P256Field t);
        t.Normalize();
        words[0] = t.L0 | (t.L1 << 52);
        words[1] = (t.L1 >> 12) | (t.L2 << 40);
        words[2] = (t.L2 >> 24) | (t.L3 << 28);
        words[3] = (t.L3 >> 36) | (t.L4 << 16);
    }

    /// <summary>Brings a value of any magnitude up to 32 to its least residue.</summary>
    internal void Normalize()
    {
        Carry(L0, L1, L2, L3, L4, out this);
        Carry(L0, L1, L2, L3, L4, out this);
        SubtractPrimeIfNotBelow();
    }

    /// <summary>Brings a value of any magnitude up to 32 to magnitude 1.</summary>
    internal void NormalizeWeakly() => Carry(L0, L1, L2, L3, L4, out this);

    /// <summary>Whether the value, of any magnitude up to 32, is zero modulo p.</summary>
    internal readonly bool IsZeroModulo()
    {
        P256Field t = this;
        t.Normalize();
        return (t.L0 | t.L1 | t.L2 | t.L3 | t.L4) == 0;
    }

    /// <summary>r = a + b; magnitudes add.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Add(in P256Field a, in P256Field b, out P256Field r)
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
    internal static void MultiplySmall(in P256Field a, uint factor, out P256Field r)
    {
        ulong l0 = a.L0 * factor, l1 = a.L1 * factor, l2 = a.L2 * factor, l3 = a.L3 * factor, l4 = a.L4 * factor;
        r.L0 = l0;
        r.L1 = l1;
        r.L2 = l2;
        r.L3 = l3;
        r.L4 = l4;
    }

    /// <summary>r = a - b for a b of at most the given magnitude m; r has magnitude of a + 2m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Subtract(in P256Field a, in P256Field b, uint magnitude, out P256Field r)
    {
        ulong l0 = a.L0 + ((Cover0 * magnitude) - b.L0);
        ulong l1 = a.L1 + ((Cover1 * magnitude) - b.L1);
        ulong l2 = a.L2 + ((Cover2 * magnitude) - b.L2);
        ulong l3 = a.L3 + ((Cover3 * magnitude) - b.L3);
        ulong l4 = a.L4 + ((Cover4 * magnitude) - b.L4);
        r.L0 = l0;
        r.L1 = l1;
        r.L2 = l2;
        r.L3 = l3;
        r.L4 = l4;
    }

    /// <summary>r = 3a / 2, a of magnitude 1; r has magnitude 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void MultiplyByThreeHalves(in P256Field a, out P256Field r)
    {
        // 3a is odd when a is; p is odd: adding it to an odd value makes it even.
        ulong mask = 0 - (a.L0 & 1);
        ulong t0 = (a.L0 * 3) + (Prime0 & mask);
        ulong t1 = (a.L1 * 3) + (Prime1 & mask);
        ulong t2 = a.L2 * 3;
        ulong t3 = (a.L3 * 3) + (Prime3 & mask);
        ulong t4 = (a.L4 * 3) + (Prime4 & mask);
        r.L0 = (t0 >> 1) + ((t1 & 1) << 51);
        r.L1 = (t1 >> 1) + ((t2 & 1) << 51);
        r.L2 = (t2 >> 1) + ((t3 & 1) << 51);
        r.L3 = (t3 >> 1) + ((t4 & 1) << 51);
        r.L4 = t4 >> 1;
    }

    /// <summary>r = a · b / 2²⁶⁰, the product of Montgomery forms; magnitudes at most 8 each, result 1. r may be a
    /// or b.</summary>
    /// <remarks>Columns as in <see cref="K1Field.Multiply"/>.</remarks>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Multiply(in P256Field a, in P256Field b, out P256Field r)
    {
        Debug.Assert(FitsProduct(in a) && FitsProduct(in b), "A factor's magnitude exceeds 8.");
        ulong a0 = a.L0, a1 = a.L1, a2 = a.L2, a3 = a.L3, a4 = a.L4;
        ulong b0 = b.L0, b1 = b.L1, b2 = b.L2, b3 = b.L3, b4 = b.L4;
        ulong s0 = a0 << 6, s1 = a1 << 6, s2 = a2 << 6, s3 = a3 << 6, s4 = a4 << 6;
        ulong t0 = b0 << 6, t1 = b1 << 6, t2 = b2 << 6, t3 = b3 << 6, t4 = b4 << 6;

        ulong c0 = Low(a0, b0);
        ulong c1 = High(s0, t0) + Low(a0, b1) + Low(a1, b0);
        ulong c2 = High(s0, t1) + High(s1, t0) + Low(a0, b2) + Low(a1, b1) + Low(a2, b0);
        ulong c3 = High(s0, t2) + High(s1, t1) + High(s2, t0)
            + Low(a0, b3) + Low(a1, b2) + Low(a2, b1) + Low(a3, b0);
        ulong c4 = High(s0, t3) + High(s1, t2) + High(s2, t1) + High(s3, t0)
            + Low(a0, b4) + Low(a1, b3) + Low(a2, b2) + Low(a3, b1) + Low(a4, b0);
        ulong c5 = High(s0, t4) + High(s1, t3) + High(s2, t2) + High(s3, t1) + High(s4, t0)
            + Low(a1, b4) + Low(a2, b3) + Low(a3, b2) + Low(a4, b1);
        ulong c6 = High(s1, t4) + High(s2, t3) + High(s3, t2) + High(s4, t1)
            + Low(a2, b4) + Low(a3, b3) + Low(a4, b2);
        ulong c7 = High(s2, t4) + High(s3, t3) + High(s4, t2) + Low(a3, b4) + Low(a4, b3);
        ulong c8 = High(s3, t4) + High(s4, t3) + Low(a4, b4);
        ulong c9 = High(s4, t4);
        ReduceMontgomery(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, out r);
    }

    /// <summary>r = a² / 2²⁶⁰; magnitude at most 8, result 1. r may be a.</summary>
    /// <remarks>As <see cref="K1Field.Square"/>.</remarks>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Square(in P256Field a, out P256Field r)
    {
        Debug.Assert(FitsProduct(in a), "The factor's magnitude exceeds 8.");
        ulong s0 = a.L0 << 6, s1 = a.L1 << 6, s2 = a.L2 << 6, s3 = a.L3 << 6, s4 = a.L4 << 6;
        ulong d1 = s1 << 1, d2 = s2 << 1, d3 = s3 << 1, d4 = s4 << 1;

        ulong c1 = Math.BigMul(s0, s0, out ulong low);
        ulong c0 = low >> 12;
        ulong c2 = Math.BigMul(s0, d1, out low);
        c1 += low >> 12;
        ulong c3 = Math.BigMul(s0, d2, out low);
        c2 += low >> 12;
        c3 += Math.BigMul(s1, s1, out low);
        c2 += low >> 12;
        ulong c4 = Math.BigMul(s0, d3, out low);
        c3 += low >> 12;
        c4 += Math.BigMul(s1, d2, out low);
        c3 += low >> 12;
        ulong c5 = Math.BigMul(s0, d4, out low);
        c4 += low >> 12;
        c5 += Math.BigMul(s1, d3, out low);
        c4 += low >> 12;
        c5 += Math.BigMul(s2, s2, out low);
        c4 += low >> 12;
        ulong c6 = Math.BigMul(s1, d4, out low);
        c5 += low >> 12;
        c6 += Math.BigMul(s2, d3, out low);
        c5 += low >> 12;
        ulong c7 = Math.BigMul(s2, d4, out low);
        c6 += low >> 12;
        c7 += Math.BigMul(s3, s3, out low);
        c6 += low >> 12;
        ulong c8 = Math.BigMul(s3, d4, out low);
        c7 += low >> 12;
        ulong c9 = Math.BigMul(s4, s4, out low);
        c8 += low >> 12;
        ReduceMontgomery(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, out r);
    }

    /// <summary>r = 1/a, or zero of zero. Magnitude at most 8, result 1.</summary>
    internal static void InvertVartime(in P256Field a, out P256Field r)
    {
        Span<ulong> words = stackalloc ulong[4];
        a.ToWords(words);
        SafeGcd.InvertVartime(words, [PrimeWord0, PrimeWord1, 0, PrimeWord3], 1);
        ToMontgomery(FromWords(words[0], words[1], words[2], words[3]), out r);
    }

    /// <summary>Replaces each element by its inverse, all for the price of one inversion and three products each.
    /// </summary>
    /// <param name="elements">Nonzero elements of magnitude at most 8, at least one; the results have magnitude 1.
    /// </param>
    /// <param name="scratch">Working room of the same length.</param>
    internal static void InvertManyVartime(Span<P256Field> elements, Span<P256Field> scratch)
    {
        // scratch[i] is the product of elements 0 to i.
        scratch[0] = elements[0];
        for (int i = 1; i < elements.Length; i++)
        {
            Multiply(in scratch[i - 1], in elements[i], out scratch[i]);
        }

        InvertVartime(in scratch[elements.Length - 1], out P256Field inverse);
        for (int i = elements.Length - 1; i > 0; i--)
        {
            P256Field element = elements[i];
            Multiply(in inverse, in scratch[i - 1], out elements[i]);
            Multiply(in inverse, in element, out inverse);
        }

        elements[0] = inverse;
    }

    /// <summary>Brings the ten columns of a product, each below 2⁶³, to a fifth of their length: divides by 2²⁶⁰ modulo
    /// p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReduceMontgomery(
        ulong c0,
        ulong c1,
        ulong c2,
        ulong c3,
        ulong c4,
        ulong c5,
        ulong c6,
        ulong c7,
        ulong c8,
        ulong c9,
        out P256Field r)
    {
        AddMultipleOfPrime(c0, ref c1, ref c2, ref c3, ref c4, ref c5);
        AddMultipleOfPrime(c1, ref c2, ref c3, ref c4, ref c5, ref c6);
        AddMultipleOfPrime(c2, ref c3, ref c4, ref c5, ref c6, ref c7);
        AddMultipleOfPrime(c3, ref c4, ref c5, ref c6, ref c7, ref c8);
        AddMultipleOfPrime(c4, ref c5, ref c6, ref c7, ref c8, ref c9);
        Carry(c5, c6, c7, c8, c9, out r);
    }

    /// <summary>Adds the multiple q·p that makes column 0 zero modulo 2⁵², and carries that column into the next.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddMultipleOfPrime(
        ulong c0, ref ulong c1, ref ulong c2, ref ulong c3, ref ulong c4, ref ulong c5)
    {
        // p = -1 modulo 2⁵², so q is column 0 itself. q·(2⁹⁶ - 1): the -q clears the column, the rest starts at bit
        // 44 of column 1; q·2¹⁹² starts at bit 36 of column 3; p's last limb is multiplied.
        ulong q = c0 & Mask52;
        c1 += (c0 >> 52) + ((q << 44) & Mask52);
        c2 += q >> 8;
        c3 += (q << 36) & Mask52;
        c4 += (q >> 16) + Low(q, Prime4);
        c5 += High(q, Prime4 << 12);
    }

    /// <summary>Folds the bits from 256 on by 2²⁵⁶ = 2²²⁴ - 2¹⁹² - 2⁹⁶ + 1 (mod p) and carries: magnitude 1.</summary>
    /// <remarks>The value is at least (its upper bits)·p, so that the result is not negative; single limbs may be on
    /// the
    /// way, hence the signed shifts.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Carry(ulong c0, ulong c1, ulong c2, ulong c3, ulong c4, out P256Field r)
    {
        ulong x = c4 >> 48;
        long l0 = (long)(c0 + x);
        long l1 = (long)(c1 - (x << 44)) + (l0 >> 52);
        long l2 = (long)c2 + (l1 >> 52);
        long l3 = (long)(c3 - (x << 36)) + (l2 >> 52);
        long l4 = (long)((c4 & Mask48) + (x << 16)) + (l3 >> 52);
        r.L0 = (ulong)l0 & Mask52;
        r.L1 = (ulong)l1 & Mask52;
        r.L2 = (ulong)l2 & Mask52;
        r.L3 = (ulong)l3 & Mask52;
        r.L4 = (ulong)l4;
    }

    /// <summary>Takes p off a carried value below 2²⁵⁶ unless it is below p.</summary>
    private void SubtractPrimeIfNotBelow()
    {
        long l0 = (long)(L0 - Prime0);
        long l1 = (long)(L1 - Prime1) + (l0 >> 52);
        long l2 = (long)L2 + (l1 >> 52);
        long l3 = (long)(L3 - Prime3) + (l2 >> 52);
        long l4 = (long)(L4 - Prime4) + (l3 >> 52);
        if (l4 >= 0)
        {
            this = new P256Field(
                (ulong)l0 & Mask52, (ulong)l1 & Mask52, (ulong)l2 & Mask52, (ulong)l3 & Mask52, (ulong)l4);
        }
    }

    /// <summary>The 52 low bits of a product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Low(ulong a, ulong b) => (a * b) & Mask52;

    /// <summary>The upper 64 bits of a product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong High(ulong a, ulong b) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(a, b) : Math.BigMul(a, b, out _);

    private static bool FitsProduct(in P256Field a) =>
        ((a.L0 | a.L1 | a.L2 | a.L3) >> 56) == 0 && (a.L4 >> 52) == 0;
}
