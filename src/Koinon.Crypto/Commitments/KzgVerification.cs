using Koinon.Crypto.Pairings;
using Fp = Koinon.Crypto.Pairings.Bls12381Field;
using Fp2 = Koinon.Crypto.Pairings.Fp2<Koinon.Crypto.Pairings.Bls12381Field>;
using Fp12 = Koinon.Crypto.Pairings.Fp12<
    Koinon.Crypto.Pairings.Bls12381Field, Koinon.Crypto.Pairings.Bls12381Curve>;
using Pairing = Koinon.Crypto.Pairings.Pairing<
    Koinon.Crypto.Pairings.Bls12381Field, Koinon.Crypto.Pairings.Bls12381Curve>;

namespace Koinon.Crypto.Commitments;

/// <summary>The pairing equation of every KZG check, over lines prepared once for the fixed points of G2.</summary>
internal static class KzgVerification
{
    private static readonly Line<Fp>[] NegatedGeneratorLines = Prepare(0, negate: true);
    private static readonly Line<Fp>[] TauLines = Prepare(1, negate: false);

    /// <summary>Whether e(left, G2) = e(right, [τ] G2).</summary>
    internal static bool Holds(in JacobianPoint<Fp> left, in JacobianPoint<Fp> right) =>
        Holds(left, right, TauLines);

    /// <summary>Whether e(left, G2) = e(right, Q) for the point Q whose lines are given.</summary>
    internal static bool Holds(
        in JacobianPoint<Fp> left, in JacobianPoint<Fp> right, ReadOnlySpan<Line<Fp>> lines)
    {
        if (left.IsInfinity || right.IsInfinity) return left.IsInfinity && right.IsInfinity;

        Span<AffinePoint<Fp>> affine = stackalloc AffinePoint<Fp>[2];
        JacobianPoint<Fp>.ToAffine([left, right], affine);
        Pairing.MillerLoop(affine[0], NegatedGeneratorLines, affine[1], lines, out Fp12 product);
        Pairing.FinalExponentiation(product, out product);
        return Fp12.IsOne(product);
    }

    /// <summary>The lines of [τ^power] G2 or of its negation.</summary>
    internal static Line<Fp>[] Prepare(int power, bool negate)
    {
        AffinePoint<Fp2> point = KzgSetup.ReadG2(power);
        if (negate) AffinePoint<Fp2>.Negate(point, out point);
        return Pairing.PrepareLines(point);
    }
}
