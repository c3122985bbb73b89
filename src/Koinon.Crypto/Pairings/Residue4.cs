using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Koinon.Crypto.Ecdsa;

namespace Koinon.Crypto.Pairings;

/// <summary>A residue of a prime modulus, four limbs in Montgomery form, always below the modulus.</summary>
/// <typeparam name="TModulus">The modulus.</typeparam>
internal struct Residue4<TModulus> : IPrimeField<Residue4<TModulus>>
    where TModulus : struct, IModulus4
{
    private static readonly ulong[] ModulusLimbs =
        [TModulus.M0, TModulus.M1, TModulus.M2, TModulus.M3];

    // R, R^2 and R^3 modulo m, by doubling one.
    private static readonly Limbs4 OneLimbs = PowerOfTwo(256);
    private static readonly Limbs4 RSquared = PowerOfTwo(512);
    private static readonly Limbs4 RCubed = PowerOfTwo(768);

    private Limbs4 _limbs;

    /// <inheritdoc/>
    public static Residue4<TModulus> One => new() { _limbs = OneLimbs };

    /// <inheritdoc/>
    public static int Length => 32;

    /// <inheritdoc/>
    public static ReadOnlySpan<ulong> Modulus => ModulusLimbs;

    /// <inheritdoc/>
    public static bool IsZero(in Residue4<TModulus> a) =>
        (a._limbs.L0 | a._limbs.L1 | a._limbs.L2 | a._limbs.L3) == 0;

    /// <inheritdoc/>
    public static bool AreEqual(in Residue4<TModulus> a, in Residue4<TModulus> b) =>
        ((a._limbs.L0 ^ b._limbs.L0) | (a._limbs.L1 ^ b._limbs.L1)
            | (a._limbs.L2 ^ b._limbs.L2) | (a._limbs.L3 ^ b._limbs.L3)) == 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(in Residue4<TModulus> a, in Residue4<TModulus> b, out Residue4<TModulus> result)
    {
        Unsafe.SkipInit(out result);
        Montgomery4<TModulus>.Add(a._limbs, b._limbs, out result._limbs);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Double(in Residue4<TModulus> a, out Residue4<TModulus> result) => Add(a, a, out result);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Subtract(in Residue4<TModulus> a, in Residue4<TModulus> b, out Residue4<TModulus> result)
    {
        Unsafe.SkipInit(out result);
        Montgomery4<TModulus>.Subtract(a._limbs, b._limbs, out result._limbs);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Negate(in Residue4<TModulus> a, out Residue4<TModulus> result) =>
        Subtract(default, a, out result);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply(in Residue4<TModulus> a, in Residue4<TModulus> b, out Residue4<TModulus> result)
    {
        Unsafe.SkipInit(out result);
        Montgomery4<TModulus>.Multiply(a._limbs, b._limbs, out result._limbs);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Square(in Residue4<TModulus> a, out Residue4<TModulus> result) => Multiply(a, a, out result);

    /// <inheritdoc/>
    [SkipLocalsInit]
    public static void Multiply(
        in Fp2<Residue4<TModulus>> a, in Fp2<Residue4<TModulus>> b, out Fp2<Residue4<TModulus>> result)
    {
        // Two sums of products with one reduction each: as many limb products as Karatsuba's three, and no additions.
        Unsafe.SkipInit(out result);
        Montgomery4<TModulus>.MultiplySubtract(
            a.C0._limbs, b.C0._limbs, a.C1._limbs, b.C1._limbs, out Limbs4 c0);
        Montgomery4<TModulus>.MultiplyAdd(
            a.C0._limbs, b.C1._limbs, a.C1._limbs, b.C0._limbs, out result.C1._limbs);
        result.C0._limbs = c0;
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public static void Square(in Fp2<Residue4<TModulus>> a, out Fp2<Residue4<TModulus>> result)
    {
        // (c0 + c1)(c0 - c1) + 2 c0 c1 u.
        Unsafe.SkipInit(out result);
        Montgomery4<TModulus>.AddUnreduced(a.C0._limbs, a.C1._limbs, out Limbs4 sum);
        Montgomery4<TModulus>.Subtract(a.C0._limbs, a.C1._limbs, out Limbs4 difference);
        Montgomery4<TModulus>.AddUnreduced(a.C0._limbs, a.C0._limbs, out Limbs4 twice);
        Montgomery4<TModulus>.Multiply(twice, a.C1._limbs, out result.C1._limbs);
        Montgomery4<TModulus>.Multiply(sum, difference, out result.C0._limbs);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Halve(in Residue4<TModulus> a, out Residue4<TModulus> result)
    {
        Unsafe.SkipInit(out result);
        Montgomery4<TModulus>.Halve(a._limbs, out result._limbs);
    }

    /// <summary>factor a + b for a factor up to 14.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void MultiplySmallAdd(
        in Residue4<TModulus> a, ulong factor, in Residue4<TModulus> b, out Residue4<TModulus> result)
    {
        Unsafe.SkipInit(out result);
        Montgomery4<TModulus>.MultiplySmallAdd(a._limbs, factor, b._limbs, out result._limbs);
    }

    /// <summary>factor a - b for a factor up to 14.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void MultiplySmallSubtract(
        in Residue4<TModulus> a, ulong factor, in Residue4<TModulus> b, out Residue4<TModulus> result)
    {
        Montgomery4<TModulus>.SubtractFromModulus(b._limbs, out Limbs4 negated);
        Unsafe.SkipInit(out result);
        Montgomery4<TModulus>.MultiplySmallAdd(a._limbs, factor, negated, out result._limbs);
    }

    /// <inheritdoc/>
    public static void Invert(in Residue4<TModulus> a, out Residue4<TModulus> result)
    {
        // The inverse of a R is a^-1 R^-1, two factors R short; public values, so the time may depend on them.
        Span<ulong> words = [a._limbs.L0, a._limbs.L1, a._limbs.L2, a._limbs.L3];
        SafeGcd.InvertVartime(words, Modulus, TModulus.NegatedInverse);
        Limbs4 inverse = new(words[0], words[1], words[2], words[3]);
        Unsafe.SkipInit(out result);
        Montgomery4<TModulus>.Multiply(inverse, RCubed, out result._limbs);
    }

    /// <inheritdoc/>
    public static bool IsOdd(in Residue4<TModulus> a)
    {
        Montgomery4<TModulus>.FromMontgomery(a._limbs, out Limbs4 number);
        return (number.L0 & 1) == 1;
    }

    /// <summary>The residue of a number below the modulus.</summary>
    internal static Residue4<TModulus> FromNumber(in Limbs4 number)
    {
        Unsafe.SkipInit(out Residue4<TModulus> result);
        Montgomery4<TModulus>.Multiply(number, RSquared, out result._limbs);
        return result;
    }

    /// <summary>The number below the modulus that a residue stands for.</summary>
    internal readonly Limbs4 ToNumber()
    {
        Montgomery4<TModulus>.FromMontgomery(_limbs, out Limbs4 number);
        return number;
    }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Residue4<TModulus> result)
    {
        Limbs4 number = new(
            BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[0..]));
        if (bytes.Length != Length || !Montgomery4<TModulus>.IsReduced(number))
        {
            result = default;
            return false;
        }

        result = FromNumber(number);
        return true;
    }

    /// <inheritdoc/>
    public static void Write(in Residue4<TModulus> a, Span<byte> bytes)
    {
        Limbs4 number = a.ToNumber();
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], number.L0);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], number.L1);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], number.L2);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[0..], number.L3);
    }

    private static Limbs4 PowerOfTwo(int exponent)
    {
        Limbs4 power = new(1, 0, 0, 0);
        for (int i = 0; i < exponent; i++) Montgomery4<TModulus>.Add(power, power, out power);
        return power;
    }
}
