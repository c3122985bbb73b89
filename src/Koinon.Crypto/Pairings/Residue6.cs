using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Koinon.Crypto.Ecdsa;

namespace Koinon.Crypto.Pairings;

/// <summary>A residue of a prime modulus, six limbs in Montgomery form, always below the modulus.</summary>
/// <typeparam name="TModulus">The modulus.</typeparam>
internal struct Residue6<TModulus> : IPrimeField<Residue6<TModulus>>
    where TModulus : struct, IModulus6
{
    private static readonly ulong[] ModulusLimbs =
        [TModulus.M0, TModulus.M1, TModulus.M2, TModulus.M3, TModulus.M4, TModulus.M5];

    // R, R^2 and R^3 modulo m, by doubling one.
    private static readonly Limbs6 OneLimbs = PowerOfTwo(384);
    private static readonly Limbs6 RSquared = PowerOfTwo(768);
    private static readonly Limbs6 RCubed = PowerOfTwo(1152);

    private Limbs6 _limbs;

    /// <inheritdoc/>
    public static Residue6<TModulus> One => new() { _limbs = OneLimbs };

    /// <inheritdoc/>
    public static int Length => 48;

    /// <inheritdoc/>
    public static ReadOnlySpan<ulong> Modulus => ModulusLimbs;

    /// <inheritdoc/>
    public static bool IsZero(in Residue6<TModulus> a) =>
        (a._limbs.L0 | a._limbs.L1 | a._limbs.L2 | a._limbs.L3 | a._limbs.L4 | a._limbs.L5) == 0;

    /// <inheritdoc/>
    public static bool AreEqual(in Residue6<TModulus> a, in Residue6<TModulus> b) =>
        ((a._limbs.L0 ^ b._limbs.L0) | (a._limbs.L1 ^ b._limbs.L1) | (a._limbs.L2 ^ b._limbs.L2)
            | (a._limbs.L3 ^ b._limbs.L3) | (a._limbs.L4 ^ b._limbs.L4) | (a._limbs.L5 ^ b._limbs.L5)) == 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(in Residue6<TModulus> a, in Residue6<TModulus> b, out Residue6<TModulus> result)
    {
        Unsafe.SkipInit(out result);
        Montgomery6<TModulus>.Add(a._limbs, b._limbs, out result._limbs);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Double(in Residue6<TModulus> a, out Residue6<TModulus> result) => Add(a, a, out result);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddUnreduced(in Residue6<TModulus> a, in Residue6<TModulus> b, out Residue6<TModulus> result)
    {
        Unsafe.SkipInit(out result);
        Montgomery6<TModulus>.AddUnreduced(a._limbs, b._limbs, out result._limbs);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Subtract(in Residue6<TModulus> a, in Residue6<TModulus> b, out Residue6<TModulus> result)
    {
        Unsafe.SkipInit(out result);
        Montgomery6<TModulus>.Subtract(a._limbs, b._limbs, out result._limbs);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Negate(in Residue6<TModulus> a, out Residue6<TModulus> result) =>
        Subtract(default, a, out result);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply(in Residue6<TModulus> a, in Residue6<TModulus> b, out Residue6<TModulus> result)
    {
        Unsafe.SkipInit(out result);
        Montgomery6<TModulus>.Multiply(a._limbs, b._limbs, out result._limbs);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Square(in Residue6<TModulus> a, out Residue6<TModulus> result) => Multiply(a, a, out result);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(
        in Residue6<TModulus> a,
        in Residue6<TModulus> b,
        in Residue6<TModulus> c,
        in Residue6<TModulus> d,
        out Residue6<TModulus> result)
    {
        Unsafe.SkipInit(out result);
        Montgomery6<TModulus>.MultiplyAdd(a._limbs, b._limbs, c._limbs, d._limbs, out result._limbs);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplySubtract(
        in Residue6<TModulus> a,
        in Residue6<TModulus> b,
        in Residue6<TModulus> c,
        in Residue6<TModulus> d,
        out Residue6<TModulus> result)
    {
        Unsafe.SkipInit(out result);
        Montgomery6<TModulus>.MultiplySubtract(a._limbs, b._limbs, c._limbs, d._limbs, out result._limbs);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Halve(in Residue6<TModulus> a, out Residue6<TModulus> result)
    {
        Unsafe.SkipInit(out result);
        Montgomery6<TModulus>.Halve(a._limbs, out result._limbs);
    }

    /// <inheritdoc/>
    public static void Invert(in Residue6<TModulus> a, out Residue6<TModulus> result)
    {
        // The inverse of a R is a^-1 R^-1, two factors R short; public values, so the time may depend on them.
        Span<ulong> words = [a._limbs.L0, a._limbs.L1, a._limbs.L2, a._limbs.L3, a._limbs.L4, a._limbs.L5];
        SafeGcd.InvertVartime(words, Modulus, TModulus.NegatedInverse);
        Limbs6 inverse = new(words[0], words[1], words[2], words[3], words[4], words[5]);
        Unsafe.SkipInit(out result);
        Montgomery6<TModulus>.Multiply(inverse, RCubed, out result._limbs);
    }

    /// <inheritdoc/>
    public static bool IsOdd(in Residue6<TModulus> a)
    {
        Montgomery6<TModulus>.FromMontgomery(a._limbs, out Limbs6 number);
        return (number.L0 & 1) == 1;
    }

    /// <summary>The residue of a number below the modulus.</summary>
    internal static Residue6<TModulus> FromNumber(in Limbs6 number)
    {
        Unsafe.SkipInit(out Residue6<TModulus> result);
        Montgomery6<TModulus>.Multiply(number, RSquared, out result._limbs);
        return result;
    }

    /// <summary>The number below the modulus that a residue stands for.</summary>
    internal readonly Limbs6 ToNumber()
    {
        Montgomery6<TModulus>.FromMontgomery(_limbs, out Limbs6 number);
        return number;
    }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Residue6<TModulus> result)
    {
        Limbs6 number = new(
            BinaryPrimitives.ReadUInt64BigEndian(bytes[40..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[32..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[0..]));
        if (bytes.Length != Length || !Montgomery6<TModulus>.IsReduced(number))
        {
            result = default;
            return false;
        }

        result = FromNumber(number);
        return true;
    }

    /// <inheritdoc/>
    public static void Write(in Residue6<TModulus> a, Span<byte> bytes)
    {
        Limbs6 number = a.ToNumber();
        BinaryPrimitives.WriteUInt64BigEndian(bytes[40..], number.L0);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[32..], number.L1);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], number.L2);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], number.L3);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], number.L4);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[0..], number.L5);
    }

    private static Limbs6 PowerOfTwo(int exponent)
    {
        Limbs6 power = new(1, 0, 0, 0, 0, 0);
        for (int i = 0; i < exponent; i++) Montgomery6<TModulus>.Add(power, power, out power);
        return power;
    }
}
