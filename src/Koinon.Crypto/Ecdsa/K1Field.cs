using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

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

    /// <summary>The lowest 64-bit word of p; the others are all ones.</summary>
    private const ulong PrimeWord0 = 0xFFFFFFFEFFFFFC2F;

    /// <summary>-1/p modulo 2⁶⁴.</summary>
    private const ulong NegatedInverse = 0xD838091DD2253531;

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

    /// <summary>Whether a value whose limbs have no carries waiting is below p.</summary>
    internal readonly bool IsReduced => !(L4 == Mask48 & (L3 & L2 & L1) == Mask52 & L0 >= Prime0);

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
        return result.IsReduced;
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

    /// <summary>As <see cref="IsZeroModulo"/>, fast when the answer is no: for public values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly bool IsZeroModuloVartime()
    {
        // The lowest limb of zero's two weak forms is that of 0 or of p.
        ulong low = (L0 + ((L4 >> 48) * Fold)) & Mask52;
        return (low == 0 || low == Prime0) && IsZeroModulo();
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

    /// <summary>r = a - b for a b of at most the given magnitude m; r has magnitude of a + m + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Subtract(in K1Field a, in K1Field b, uint magnitude, out K1Field r)
    {
        ulong times = 2 * ((ulong)magnitude + 1);
        ulong l0 = a.L0 + ((Prime0 * times) - b.L0);
        ulong l1 = a.L1 + ((Mask52 * times) - b.L1);
        ulong l2 = a.L2 + ((Mask52 * times) - b.L2);
        ulong l3 = a.L3 + ((Mask52 * times) - b.L3);
        ulong l4 = a.L4 + ((Mask48 * times) - b.L4);
        r.L0 = l0;
        r.L1 = l1;
        r.L2 = l2;
        r.L3 = l3;
        r.L4 = l4;
    }

    /// <summary>r = a - b - 2c in one pass, all of magnitude 1; r has magnitude 5.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void SubtractWithTwice(in K1Field a, in K1Field b, in K1Field c, out K1Field r)
    {
        ulong l0 = a.L0 + ((Prime0 * 8) - b.L0 - (c.L0 * 2));
        ulong l1 = a.L1 + ((Mask52 * 8) - b.L1 - (c.L1 * 2));
        ulong l2 = a.L2 + ((Mask52 * 8) - b.L2 - (c.L2 * 2));
        ulong l3 = a.L3 + ((Mask52 * 8) - b.L3 - (c.L3 * 2));
        ulong l4 = a.L4 + ((Mask48 * 8) - b.L4 - (c.L4 * 2));
        r.L0 = l0;
        r.L1 = l1;
        r.L2 = l2;
        r.L3 = l3;
        r.L4 = l4;
    }

    /// <summary>r = a - 2b in one pass, both of magnitude 1; r has magnitude 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void SubtractTwice(in K1Field a, in K1Field b, out K1Field r)
    {
        ulong l0 = a.L0 + ((Prime0 * 6) - (b.L0 * 2));
        ulong l1 = a.L1 + ((Mask52 * 6) - (b.L1 * 2));
        ulong l2 = a.L2 + ((Mask52 * 6) - (b.L2 * 2));
        ulong l3 = a.L3 + ((Mask52 * 6) - (b.L3 * 2));
        ulong l4 = a.L4 + ((Mask48 * 6) - (b.L4 * 2));
        r.L0 = l0;
        r.L1 = l1;
        r.L2 = l2;
        r.L3 = l3;
        r.L4 = l4;
    }

    /// <summary>r = 3a / 2 in one pass, a of magnitude 1; r has magnitude 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void MultiplyByThreeHalves(in K1Field a, out K1Field r)
    {
        // 3a is odd when a is; p is odd: adding it to an odd value makes it even.
        ulong mask = (ulong)-(long)(a.L0 & 1) >> 12;
        ulong t0 = (a.L0 * 3) + (Prime0 & mask);
        ulong t1 = (a.L1 * 3) + mask;
        ulong t2 = (a.L2 * 3) + mask;
        ulong t3 = (a.L3 * 3) + mask;
        ulong t4 = (a.L4 * 3) + (mask >> 4);
        r.L0 = (t0 >> 1) + ((t1 & 1) << 51);
        r.L1 = (t1 >> 1) + ((t2 & 1) << 51);
        r.L2 = (t2 >> 1) + ((t3 & 1) << 51);
        r.L3 = (t3 >> 1) + ((t4 & 1) << 51);
        r.L4 = t4 >> 1;
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
    /// <remarks>
    /// A partial product a_i·b_j is cut at bit 52: its low part is the 52 low bits of the ordinary product, its high
    /// part the upper word of (2⁶a_i)·(2⁶b_j). Columns of such parts stay below 2⁶³, so that no sum carries: .NET
    /// has no
    /// addition with carry, and sums of 128-bit products took 1.7 times as long (Secp256k1Benchmarks: 32 against 18
    /// ns). Columns 5 to 9 are folded into 0 to 4 by 2²⁶⁰ = <see cref="Fold260"/> (mod p) in the same way.
    /// </remarks>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Multiply(in K1Field a, in K1Field b, out K1Field r)
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
        FoldAndCarry(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, out r);
    }

    /// <summary>r = a²; magnitude at most 8, result 1. r may be a.</summary>
    /// <remarks>As <see cref="Multiply"/>, equal products taken once and doubled. The low parts come from the same wide
    /// multiplication as the high ones, which is 10 % faster here and slower there.</remarks>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Square(in K1Field a, out K1Field r)
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
        FoldAndCarry(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, out r);
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

    /// <summary>r = 1/a, or zero of zero. Magnitude at most 8, result 1.</summary>
    internal static void Invert(in K1Field a, out K1Field r)
    {
        K1Field t = a;
        t.Normalize();
        Span<ulong> words = stackalloc ulong[4];
        t.ToWords(out words[0], out words[1], out words[2], out words[3]);
        SafeGcd.Invert(words, [PrimeWord0, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue], NegatedInverse);
        r = FromWords(words[0], words[1], words[2], words[3]);
    }

    /// <summary>As <see cref="Invert"/>, faster, in time that depends on a: for public values.</summary>
    internal static void InvertVartime(in K1Field a, out K1Field r)
    {
        K1Field t = a;
        t.Normalize();
        Span<ulong> words = stackalloc ulong[4];
        t.ToWords(out words[0], out words[1], out words[2], out words[3]);
        SafeGcd.InvertVartime(words, [PrimeWord0, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue], NegatedInverse);
        r = FromWords(words[0], words[1], words[2], words[3]);
    }

    /// <summary>Replaces each element by its inverse, all for the price of one inversion and three products each.
    /// </summary>
    /// <param name="elements">Nonzero elements of magnitude at most 8; the results have magnitude 1.</param>
    /// <param name="scratch">Working room of the same length.</param>
    internal static void InvertManyVartime(Span<K1Field> elements, Span<K1Field> scratch)
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

        InvertVartime(in scratch[elements.Length - 1], out K1Field inverse);
        for (int i = elements.Length - 1; i > 0; i--)
        {
            K1Field element = elements[i];
            Multiply(in inverse, in scratch[i - 1], out elements[i]);
            Multiply(in inverse, in element, out inverse);
        }

        elements[0] = inverse;
    }

    /// <summary>a^(2^k - 1) for k = 2, 22 and 223: the long runs of ones in (p + 1)/4.</summary>
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

    /// <summary>Brings the ten columns of a product, each below 2⁶³, to five limbs of magnitude 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FoldAndCarry(
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
        out K1Field r)
    {
        c0 += Low(c5, Fold260);
        c1 += High(c5, Fold260 << 12) + Low(c6, Fold260);
        c2 += High(c6, Fold260 << 12) + Low(c7, Fold260);
        c3 += High(c7, Fold260 << 12) + Low(c8, Fold260);
        c4 += High(c8, Fold260 << 12) + Low(c9, Fold260);
        ulong rest = High(c9, Fold260 << 12);
        c0 += Low(rest, Fold260);
        c1 += High(rest, Fold260 << 12);

        // Bits from 256 on go round first, so that one pass of carries ends in magnitude 1.
        c0 += (c4 >> 48) * Fold;
        c4 &= Mask48;
        c1 += c0 >> 52;
        c2 += c1 >> 52;
        c3 += c2 >> 52;
        c4 += c3 >> 52;
        r.L0 = c0 & Mask52;
        r.L1 = c1 & Mask52;
        r.L2 = c2 & Mask52;
        r.L3 = c3 & Mask52;
        r.L4 = c4;
    }

    /// <summary>The 52 low bits of a product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Low(ulong a, ulong b) => (a * b) & Mask52;

    /// <summary>The upper 64 bits of a product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong High(ulong a, ulong b) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(a, b) : Math.BigMul(a, b, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bit(bool value) => value ? 1UL : 0UL;

    private static bool FitsProduct(in K1Field a) =>
        ((a.L0 | a.L1 | a.L2 | a.L3) >> 56) == 0 && (a.L4 >> 52) == 0;
}
