using System.Runtime.CompilerServices;

namespace Koinon.Crypto.Pairings;

/// <summary>The quadratic extension c0 + c1 u with u^2 = -1.</summary>
/// <typeparam name="TField">The prime field, whose prime is 3 modulo 4.</typeparam>
internal struct Fp2<TField> : IField<Fp2<TField>>
    where TField : unmanaged, IPrimeField<TField>
{
    internal TField C0;
    internal TField C1;

    internal Fp2(in TField c0, in TField c1)
    {
        C0 = c0;
        C1 = c1;
    }

    /// <inheritdoc/>
    public static Fp2<TField> One => new(TField.One, default);

    /// <inheritdoc/>
    public static int Length => 2 * TField.Length;

    /// <inheritdoc/>
    public static bool IsZero(in Fp2<TField> a) => TField.IsZero(a.C0) && TField.IsZero(a.C1);

    /// <inheritdoc/>
    public static bool AreEqual(in Fp2<TField> a, in Fp2<TField> b) =>
        TField.AreEqual(a.C0, b.C0) && TField.AreEqual(a.C1, b.C1);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(in Fp2<TField> a, in Fp2<TField> b, out Fp2<TField> result)
    {
        TField.Add(a.C0, b.C0, out result.C0);
        TField.Add(a.C1, b.C1, out result.C1);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Double(in Fp2<TField> a, out Fp2<TField> result) => Add(a, a, out result);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Subtract(in Fp2<TField> a, in Fp2<TField> b, out Fp2<TField> result)
    {
        TField.Subtract(a.C0, b.C0, out result.C0);
        TField.Subtract(a.C1, b.C1, out result.C1);
    }

    /// <inheritdoc/>
    public static void Negate(in Fp2<TField> a, out Fp2<TField> result)
    {
        TField.Negate(a.C0, out result.C0);
        TField.Negate(a.C1, out result.C1);
    }

    /// <summary>c0 - c1 u, which is also the p-th power.</summary>
    internal static void Conjugate(in Fp2<TField> a, out Fp2<TField> result)
    {
        result.C0 = a.C0;
        TField.Negate(a.C1, out result.C1);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply(in Fp2<TField> a, in Fp2<TField> b, out Fp2<TField> result) =>
        TField.Multiply(a, b, out result);

    /// <summary>Multiplies both coordinates by an element of the prime field.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Scale(in Fp2<TField> a, in TField factor, out Fp2<TField> result)
    {
        TField.Multiply(a.C0, factor, out result.C0);
        TField.Multiply(a.C1, factor, out result.C1);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Square(in Fp2<TField> a, out Fp2<TField> result) => TField.Square(a, out result);

    /// <summary>c0^2 + c1^2, in the prime field.</summary>
    internal static void Norm(in Fp2<TField> a, out TField result)
    {
        TField.Square(a.C0, out TField square);
        TField.Square(a.C1, out result);
        TField.Add(result, square, out result);
    }

    /// <summary>a / 2.</summary>
    internal static void Halve(in Fp2<TField> a, out Fp2<TField> result)
    {
        TField.Halve(a.C0, out result.C0);
        TField.Halve(a.C1, out result.C1);
    }

    /// <inheritdoc/>
    public static void Invert(in Fp2<TField> a, out Fp2<TField> result)
    {
        Norm(a, out TField norm);
        TField.Invert(norm, out norm);
        TField.Multiply(a.C0, norm, out result.C0);
        TField.Multiply(a.C1, norm, out result.C1);
        TField.Negate(result.C1, out result.C1);
    }
}
