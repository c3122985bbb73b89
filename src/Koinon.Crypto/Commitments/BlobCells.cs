using Koinon.Crypto.Pairings;
using Fp = Koinon.Crypto.Pairings.Bls12381Field;
using Fr = Koinon.Crypto.Pairings.Residue4<Koinon.Crypto.Pairings.Bls12381ScalarModulus>;

namespace Koinon.Crypto.Commitments;

/// <summary>The cells of an extended blob and their proofs (EIP-7594).</summary>
/// <remarks>
/// Cell k holds the 64 values on the coset h w with h = root^reverse(k) of order 8,192 and w of order 64. Dividing by
/// X^64 - a, where a = h^64 has order 128, leaves the quotient sum over j of a^j (p shifted down by 64 (j + 1)
/// coefficients). So 63 commitments H_j and one transform of 128 points give all proofs.
/// </remarks>
internal static class BlobCells
{
    /// <summary>Values in a cell.</summary>
    internal const int CellSize = 64;

    /// <summary>Cells of an extended blob.</summary>
    internal const int Count = KzgScalars.DomainSize / CellSize;

    /// <summary>Bits of a cell's index.</summary>
    internal const int CountBits = 7;

    private static readonly AffinePoint<Fp>[] MonomialPoints = KzgSetup.ReadMonomial(KzgSetup.Size - CellSize);

    /// <summary>The extended blob's values, in the order of the cells.</summary>
    internal static Fr[] Extend(ReadOnlySpan<Fr> coefficients)
    {
        Fr[] values = new Fr[KzgScalars.DomainSize];
        coefficients.CopyTo(values);
        KzgScalars.Evaluate(values);
        KzgScalars.Permute<Fr>(values);
        return values;
    }

    /// <summary>The proofs of all cells, in the order of the cells.</summary>
    internal static AffinePoint<Fp>[] Prove(ReadOnlySpan<Fr> coefficients)
    {
        Limbs4[] factors = new Limbs4[coefficients.Length];
        for (int i = 0; i < factors.Length; i++) factors[i] = coefficients[i].ToNumber();

        JacobianPoint<Fp>[] points = new JacobianPoint<Fp>[Count];
        for (int shift = CellSize; shift < factors.Length; shift += CellSize)
        {
            ReadOnlySpan<Limbs4> shifted = factors.AsSpan(shift);
            Bls12381Sums.SumG1(
                MonomialPoints.AsSpan(0, shifted.Length), shifted, out points[(shift / CellSize) - 1]);
        }

        Transform(points);
        KzgScalars.Permute<JacobianPoint<Fp>>(points);
        AffinePoint<Fp>[] proofs = new AffinePoint<Fp>[Count];
        JacobianPoint<Fp>.ToAffine(points, proofs);
        return proofs;
    }

    // The transform of KzgScalars.Evaluate over points: each layer's factors go through affine points.
    private static void Transform(JacobianPoint<Fp>[] points)
    {
        AffinePoint<Fp>[] affine = new AffinePoint<Fp>[points.Length];
        KzgScalars.Permute<JacobianPoint<Fp>>(points);
        for (int size = 2; size <= points.Length; size *= 2)
        {
            JacobianPoint<Fp>.ToAffine(points, affine);
            for (int start = 0; start < points.Length; start += size)
            {
                for (int i = 0; i < size / 2; i++)
                {
                    int low = start + i, high = low + (size / 2);
                    Limbs4 factor = KzgScalars.Root(size, i).ToNumber();
                    Bls12381Sums.SumG1(affine.AsSpan(high, 1), [factor], out JacobianPoint<Fp> term);
                    JacobianPoint<Fp>.Add(term, affine[low], out points[low]);
                    JacobianPoint<Fp>.Negate(term, out term);
                    JacobianPoint<Fp>.Add(term, affine[low], out points[high]);
                }
            }
        }
    }
}
