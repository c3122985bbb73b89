namespace Koinon.Crypto.Pairings;

/// <summary>What one pairing curve chooses: its tower, twist, Miller loop and final exponentiation.</summary>
/// <typeparam name="TField">The base field.</typeparam>
/// <typeparam name="TSelf">The curve itself.</typeparam>
internal interface IPairingCurve<TField, TSelf>
    where TField : unmanaged, IPrimeField<TField>
    where TSelf : struct, IPairingCurve<TField, TSelf>
{
    /// <summary>The constant b of the curve y^2 = x^3 + b that holds G1.</summary>
    static abstract ref readonly TField B { get; }

    /// <summary>The constant b of the sextic twist that holds G2.</summary>
    static abstract ref readonly Fp2<TField> TwistB { get; }

    /// <summary>The generator of G1 that the standards name.</summary>
    static abstract ref readonly AffinePoint<TField> G1Generator { get; }

    /// <summary>The generator of G2 that the standards name.</summary>
    static abstract ref readonly AffinePoint<Fp2<TField>> G2Generator { get; }

    /// <summary>The order of the groups, limbs least significant first.</summary>
    static abstract ReadOnlySpan<ulong> Order { get; }

    /// <summary>Powers of w^(p - 1).</summary>
    static abstract ref readonly FrobeniusConstants<TField> Frobenius { get; }

    /// <summary>Signed binary digits of the Miller loop's length after the leading one, highest first.</summary>
    static abstract ReadOnlySpan<sbyte> LoopDigits { get; }

    /// <summary>Multiplies by ξ, of which the tower adjoins a sixth root w.</summary>
    static abstract void MultiplyByXi(in Fp2<TField> a, out Fp2<TField> result);

    /// <summary>Multiplies an accumulator by the value of a line at a point of G1.</summary>
    static abstract void MultiplyByLine(
        ref Fp12<TField, TSelf> accumulator, in Line<TField> line, in AffinePoint<TField> point);

    /// <summary>What follows the loop for one pair: BN curves add two chords.</summary>
    static abstract void AddLastLines(
        ref LineSteps<TField> steps, in AffinePoint<Fp2<TField>> q, Span<Line<TField>> lines);

    /// <summary>How many lines <see cref="AddLastLines"/> gives.</summary>
    static abstract int LastLines { get; }

    /// <summary>Whether the loop's length is negative, so that the accumulator is inverted after it.</summary>
    static abstract bool IsLoopNegative { get; }

    /// <summary>Raises an element of the cyclotomic subgroup to (p^4 - p^2 + 1) / r, or a multiple of it.</summary>
    /// <remarks>The factor is prime to the order.</remarks>
    static abstract void ExponentiateHardPart(in Fp12<TField, TSelf> a, out Fp12<TField, TSelf> result);

    /// <summary>Whether a point of the curve lies in the group of prime order.</summary>
    static abstract bool IsInG1(in AffinePoint<TField> point);

    /// <summary>Whether a point of the twist lies in the group of prime order.</summary>
    static abstract bool IsInG2(in AffinePoint<Fp2<TField>> point);
}
