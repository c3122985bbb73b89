using System.Buffers.Binary;
using System.Security.Cryptography;
using Koinon.Crypto.Pairings;
using Fp = Koinon.Crypto.Pairings.Bls12381Field;
using Fr = Koinon.Crypto.Pairings.Residue4<Koinon.Crypto.Pairings.Bls12381ScalarModulus>;

namespace Koinon.Crypto.Commitments;

/// <summary>The check of many cell proofs by one pairing equation under powers of a random r (EIP-7594).</summary>
/// <remarks>
/// For cell k with values on a coset of shift h, commitment C, proof Q and interpolation I, each
/// e(C - [I(τ)] + [h^64] Q, G2) = e(Q, [τ^64] G2); these are summed with factors r^k.
/// </remarks>
internal static class CellProofBatch
{
    private const int CellSize = BlobCells.CellSize;

    private static readonly Line<Fp>[] TauPowerLines = KzgVerification.Prepare(CellSize, negate: false);
    private static readonly AffinePoint<Fp>[] MonomialPoints = KzgSetup.ReadMonomial(CellSize);

    /// <summary>Whether all proofs hold; points are known to lie in G1 and indices to be below 128.</summary>
    /// <param name="commitments">The distinct commitments.</param>
    /// <param name="commitmentIndices">For each cell, which commitment is its blob's.</param>
    /// <param name="cellIndices">For each cell, its place in its blob.</param>
    /// <param name="values">For each cell, its 64 values.</param>
    /// <param name="proofs">For each cell, its proof.</param>
    /// <param name="r">The challenge.</param>
    internal static bool Verify(
        ReadOnlySpan<AffinePoint<Fp>> commitments, ReadOnlySpan<int> commitmentIndices, ReadOnlySpan<int> cellIndices,
        ReadOnlySpan<Fr> values, ReadOnlySpan<AffinePoint<Fp>> proofs, in Fr r)
    {
        int count = proofs.Length;
        Limbs4[] proofFactors = new Limbs4[count];
        Fr[] weights = new Fr[commitments.Length];
        Fr[] columns = new Fr[BlobCells.Count * CellSize];

        // The left side: commitments, interpolations, and proofs with their shifts.
        AffinePoint<Fp>[] points = new AffinePoint<Fp>[commitments.Length + CellSize + count];
        Limbs4[] factors = new Limbs4[points.Length];
        Fr power = Fr.One;
        for (int k = 0; k < count; k++)
        {
            proofFactors[k] = power.ToNumber();
            Fr.Add(weights[commitmentIndices[k]], power, out weights[commitmentIndices[k]]);
            Fr.Multiply(power, CosetShift(cellIndices[k], CellSize), out Fr shifted);
            points[commitments.Length + CellSize + k] = proofs[k];
            factors[commitments.Length + CellSize + k] = shifted.ToNumber();
            AddScaled(columns.AsSpan(cellIndices[k] * CellSize, CellSize), values.Slice(k * CellSize, CellSize), power);
            Fr.Multiply(power, r, out power);
        }

        commitments.CopyTo(points);
        for (int i = 0; i < commitments.Length; i++) factors[i] = weights[i].ToNumber();
        MonomialPoints.CopyTo(points.AsSpan(commitments.Length));
        WriteInterpolation(columns, factors.AsSpan(commitments.Length, CellSize));

        Bls12381Sums.SumG1(points, factors, out JacobianPoint<Fp> left);
        Bls12381Sums.SumG1(proofs, proofFactors, out JacobianPoint<Fp> right);
        return KzgVerification.Holds(left, right, TauPowerLines);
    }

    /// <summary>The challenge of a batch, from everything in it.</summary>
    internal static Fr Challenge(
        ReadOnlySpan<byte> distinctCommitments, ReadOnlySpan<int> commitmentIndices, ReadOnlySpan<int> cellIndices,
        ReadOnlySpan<byte> cells, ReadOnlySpan<byte> proofs)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("RCKZGCBATCH__V1_"u8);
        AppendNumber(hash, KzgSetup.Size);
        AppendNumber(hash, CellSize);
        AppendNumber(hash, distinctCommitments.Length / Kzg.CommitmentBytes);
        AppendNumber(hash, cellIndices.Length);
        hash.AppendData(distinctCommitments);
        for (int k = 0; k < cellIndices.Length; k++)
        {
            AppendNumber(hash, commitmentIndices[k]);
            AppendNumber(hash, cellIndices[k]);
            hash.AppendData(cells.Slice(k * Kzg.CellBytes, Kzg.CellBytes));
            hash.AppendData(proofs.Slice(k * Kzg.ProofBytes, Kzg.ProofBytes));
        }

        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        return KzgScalars.FromHash(digest);
    }

    private static void AppendNumber(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }

    // h^exponent, h being the shift of a cell's coset.
    private static Fr CosetShift(int cellIndex, int exponent) => KzgScalars.Root(
        KzgScalars.DomainSize, KzgScalars.Reverse(cellIndex, BlobCells.CountBits) * exponent);

    private static void AddScaled(Span<Fr> sums, ReadOnlySpan<Fr> values, in Fr factor)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            Fr.Multiply(values[i], factor, out Fr term);
            Fr.Add(sums[i], term, out sums[i]);
        }
    }

    // Minus the sum of the polynomials that take each column's values on its coset, as factors of [τ^i].
    private static void WriteInterpolation(Span<Fr> columns, Span<Limbs4> factors)
    {
        Fr[] sums = new Fr[CellSize];
        for (int index = 0; index < BlobCells.Count; index++)
        {
            Span<Fr> column = columns.Slice(index * CellSize, CellSize);
            KzgScalars.Permute(column);
            KzgScalars.Interpolate(column);
            for (int i = 0; i < CellSize; i++)
            {
                // The polynomial in X / h: coefficient i loses the factor h^i.
                Fr.Multiply(column[i], CosetShift(index, KzgScalars.DomainSize - i), out Fr coefficient);
                Fr.Subtract(sums[i], coefficient, out sums[i]);
            }
        }

        for (int i = 0; i < CellSize; i++) factors[i] = sums[i].ToNumber();
    }
}
