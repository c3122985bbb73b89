namespace Koinon.Crypto.Pairings;

/// <summary>The powers of γ = ξ^((p - 1) / 6) by which the Frobenius map scales the coefficients of w to w^5.</summary>
internal readonly struct FrobeniusConstants<TField>
    where TField : unmanaged, IPrimeField<TField>
{
    internal readonly Fp2<TField> Gamma1;
    internal readonly Fp2<TField> Gamma2;
    internal readonly Fp2<TField> Gamma3;
    internal readonly Fp2<TField> Gamma4;
    internal readonly Fp2<TField> Gamma5;

    /// <summary>The norms of the above, in the prime field: the scale factors of the p^2-th power.</summary>
    internal readonly TField Norm1;
    internal readonly TField Norm2;
    internal readonly TField Norm3;
    internal readonly TField Norm4;
    internal readonly TField Norm5;

    /// <summary>Computes the constants from ξ and from (p - 1) / 6, limbs least significant first.</summary>
    internal FrobeniusConstants(in Fp2<TField> xi, ReadOnlySpan<ulong> sixthOfModulus)
    {
        Powers.Raise(xi, sixthOfModulus, out Gamma1);
        Fp2<TField>.Square(Gamma1, out Gamma2);
        Fp2<TField>.Multiply(Gamma1, Gamma2, out Gamma3);
        Fp2<TField>.Square(Gamma2, out Gamma4);
        Fp2<TField>.Multiply(Gamma1, Gamma4, out Gamma5);
        Fp2<TField>.Norm(Gamma1, out Norm1);
        Fp2<TField>.Norm(Gamma2, out Norm2);
        Fp2<TField>.Norm(Gamma3, out Norm3);
        Fp2<TField>.Norm(Gamma4, out Norm4);
        Fp2<TField>.Norm(Gamma5, out Norm5);
    }
}
