using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Koinon.Crypto.Ecdsa;

namespace Koinon.Crypto.Pairings;

/// <summary>An element of BLS12-381's base field, six limbs in Montgomery form, always below the prime.</summary>
internal struct Bls12381Field : IPrimeField<Bls12381Field>
{
    private static readonly ulong[] ModulusLimbs =
        [Bls12381Prime.M0, Bls12381Prime.M1, Bls12381Prime.M2, Bls12381Prime.M3, Bls12381Prime.M4, Bls12381Prime.M5];

    // R, R^2 and R^3 modulo m, by doubling one.
    private static readonly Limbs6 OneLimbs = PowerOfTwo(384);
    private static readonly Limbs6 RSquared = PowerOfTwo(768);
    private static readonly Limbs6 RCubed = PowerOfTwo(1152);

    private Limbs6 _limbs;

    /// <inheritdoc/>
    public static Bls12381Field One => new() { _limbs = OneLimbs };

    /// <inheritdoc/>
    public static int Length => 48;

    /// <inheritdoc/>
    public static ReadOnlySpan<ulong> Modulus => ModulusLimbs;

    /// <inheritdoc/>
    public static bool IsZero(in Bls12381Field a) =>
        (a._limbs.L0 | a._limbs.L1 | a._limbs.L2 | a._limbs.L3 | a._limbs.L4 | a._limbs.L5) == 0;

    /// <inheritdoc/>
    public static bool AreEqual(in Bls12381Field a, in Bls12381Field b) =>
        ((a._limbs.L0 ^ b._limbs.L0) | (a._limbs.L1 ^ b._limbs.L1) | (a._limbs.L2 ^ b._limbs.L2)
            | (a._limbs.L3 ^ b._limbs.L3) | (a._limbs.L4 ^ b._limbs.L4) | (a._limbs.L5 ^ b._limbs.L5)) == 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(in Bls12381Field a, in Bls12381Field b, out Bls12381Field result)
    {
        Unsafe.SkipInit(out result);
        Bls12381FieldSums.Add(a._limbs, b._limbs, out result._limbs);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Double(in Bls12381Field a, out Bls12381Field result) => Add(a, a, out result);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Subtract(in Bls12381Field a, in Bls12381Field b, out Bls12381Field result)
    {
        Unsafe.SkipInit(out result);
        Bls12381FieldSums.Subtract(a._limbs, b._limbs, out result._limbs);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Negate(in Bls12381Field a, out Bls12381Field result) =>
        Subtract(default, a, out result);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply(in Bls12381Field a, in Bls12381Field b, out Bls12381Field result)
    {
        Unsafe.SkipInit(out result);
        Bls12381FieldProducts.Multiply(a._limbs, b._limbs, out result._limbs);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Square(in Bls12381Field a, out Bls12381Field result)
    {
        Unsafe.SkipInit(out result);
        Bls12381FieldProducts.Square(a._limbs, out result._limbs);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply(
        in Fp2<Bls12381Field> a, in Fp2<Bls12381Field> b, out Fp2<Bls12381Field> result)
    {
        Unsafe.SkipInit(out result);
        Bls12381FieldProducts.MultiplyExtension(
            a.C0._limbs, a.C1._limbs, b.C0._limbs, b.C1._limbs, out result.C0._limbs, out result.C1._limbs);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Square(in Fp2<Bls12381Field> a, out Fp2<Bls12381Field> result)
    {
        Unsafe.SkipInit(out result);
        Bls12381FieldProducts.SquareExtension(
            a.C0._limbs, a.C1._limbs, out result.C0._limbs, out result.C1._limbs);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Halve(in Bls12381Field a, out Bls12381Field result)
    {
        Unsafe.SkipInit(out result);
        Bls12381FieldSums.Halve(a._limbs, out result._limbs);
    }

    /// <inheritdoc/>
    public static void Invert(in Bls12381Field a, out Bls12381Field result)
    {
        // The inverse of a R is a^-1 R^-1, two factors R short; public values, so the time may depend on them.
        Span<ulong> words = [a._limbs.L0, a._limbs.L1, a._limbs.L2, a._limbs.L3, a._limbs.L4, a._limbs.L5];
        SafeGcd.InvertVartime(words, Modulus, Bls12381Prime.NegatedInverse);
        Limbs6 inverse = new(words[0], words[1], words[2], words[3], words[4], words[5]);
        Unsafe.SkipInit(out result);
        Bls12381FieldProducts.Multiply(inverse, RCubed, out result._limbs);
    }

    /// <inheritdoc/>
    public static bool IsOdd(in Bls12381Field a)
    {
        Limbs6 number = a.ToNumber();
        return (number.L0 & 1) == 1;
    }

    /// <summary>The residue of a number below the modulus.</summary>
    internal static Bls12381Field FromNumber(in Limbs6 number)
    {
        Unsafe.SkipInit(out Bls12381Field result);
        Bls12381FieldProducts.Multiply(number, RSquared, out result._limbs);
        return result;
    }

    /// <summary>The number below the modulus that a residue stands for.</summary>
    internal readonly Limbs6 ToNumber()
    {
        // A product with the number one divides by R.
        Bls12381FieldProducts.Multiply(_limbs, new Limbs6(1, 0, 0, 0, 0, 0), out Limbs6 number);
        return number;
    }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Bls12381Field result)
    {
        Limbs6 number = new(
            BinaryPrimitives.ReadUInt64BigEndian(bytes[40..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[32..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[0..]));
        if (bytes.Length != Length || !Bls12381FieldSums.IsReduced(number))
        {
            result = default;
            return false;
        }

        result = FromNumber(number);
        return true;
    }

    /// <inheritdoc/>
    public static void Write(in Bls12381Field a, Span<byte> bytes)
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
        for (int i = 0; i < exponent; i++) Bls12381FieldSums.Add(power, power, out power);
        return power;
    }
}
