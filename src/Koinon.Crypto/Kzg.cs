using Koinon.Crypto.Commitments;
using Koinon.Crypto.Pairings;
using Fp = Koinon.Crypto.Pairings.Bls12381Field;
using Fr = Koinon.Crypto.Pairings.Residue4<Koinon.Crypto.Pairings.Bls12381ScalarModulus>;

namespace Koinon.Crypto;

/// <summary>KZG commitments to blobs, their proofs, and the proofs of their cells.</summary>
/// <remarks>
/// A commitment or proof is a compressed point of G1; a blob is 4,096 scalars of 32 bytes, big-endian, below the order
/// of BLS12-381's groups; a cell is 64 such scalars. The ceremony's points come with the assembly and are read on first
/// use: verification needs three of them, committing 4,096. Safe for concurrent use. EIP-4844, EIP-7594.
/// </remarks>
public static class Kzg
{
    /// <summary>Length of a blob in bytes.</summary>
    public const int BlobBytes = 131_072;

    /// <summary>Length of a commitment in bytes.</summary>
    public const int CommitmentBytes = 48;

    /// <summary>Length of a proof in bytes.</summary>
    public const int ProofBytes = 48;

    /// <summary>Length of a cell in bytes.</summary>
    public const int CellBytes = 2048;

    /// <summary>Cells of an extended blob.</summary>
    public const int CellsPerBlob = 128;

    /// <summary>Tells whether a committed polynomial takes a value at a point.</summary>
    /// <param name="commitment">The commitment, 48 bytes.</param>
    /// <param name="z">The point, 32 bytes.</param>
    /// <param name="y">The value, 32 bytes.</param>
    /// <param name="proof">The proof, 48 bytes.</param>
    /// <returns><see langword="false"/> when the proof does not hold or an input is malformed.</returns>
    public static bool VerifyProof(
        ReadOnlySpan<byte> commitment, ReadOnlySpan<byte> z, ReadOnlySpan<byte> y, ReadOnlySpan<byte> proof) =>
        TryReadScalar(z, out Fr point) && TryReadScalar(y, out Fr value)
            && TryReadPoint(commitment, out AffinePoint<Fp> c) && TryReadPoint(proof, out AffinePoint<Fp> q)
            && VerifyProof(c, point, value, q);

    /// <summary>Commits to a blob.</summary>
    /// <param name="blob">The blob, 131,072 bytes.</param>
    /// <param name="commitment">Receives the commitment, 48 bytes.</param>
    /// <returns><see langword="false"/> for a wrong length or an element that is not below the order.</returns>
    public static bool TryComputeCommitment(ReadOnlySpan<byte> blob, Span<byte> commitment)
    {
        if (commitment.Length < CommitmentBytes || !TryReadBlob(blob, out BlobPolynomial? polynomial)) return false;

        polynomial.Commit(out AffinePoint<Fp> point);
        CompressedPoints.WriteG1(point, commitment);
        return true;
    }

    /// <summary>Proves the value of a blob's polynomial at a point.</summary>
    /// <param name="blob">The blob, 131,072 bytes.</param>
    /// <param name="z">The point, 32 bytes.</param>
    /// <param name="proof">Receives the proof, 48 bytes.</param>
    /// <param name="y">Receives the value, 32 bytes.</param>
    /// <returns><see langword="false"/> for a wrong length or a scalar that is not below the order.</returns>
    public static bool TryComputeProof(
        ReadOnlySpan<byte> blob, ReadOnlySpan<byte> z, Span<byte> proof, Span<byte> y)
    {
        if (proof.Length < ProofBytes || y.Length < Fr.Length || !TryReadScalar(z, out Fr point)
            || !TryReadBlob(blob, out BlobPolynomial? polynomial))
        {
            return false;
        }

        Fr value = polynomial.Evaluate(point);
        polynomial.Prove(point, value, out AffinePoint<Fp> quotient);
        CompressedPoints.WriteG1(quotient, proof);
        Fr.Write(value, y);
        return true;
    }

    /// <summary>Proves that a commitment is a blob's.</summary>
    /// <param name="blob">The blob, 131,072 bytes.</param>
    /// <param name="commitment">Its commitment, 48 bytes.</param>
    /// <param name="proof">Receives the proof, 48 bytes.</param>
    /// <returns><see langword="false"/> for a malformed blob or commitment.</returns>
    /// <remarks>The commitment is not checked to be the blob's: a proof for another one does not hold.</remarks>
    public static bool TryComputeBlobProof(ReadOnlySpan<byte> blob, ReadOnlySpan<byte> commitment, Span<byte> proof)
    {
        if (proof.Length < ProofBytes || !TryReadPoint(commitment, out _)
            || !TryReadBlob(blob, out BlobPolynomial? polynomial))
        {
            return false;
        }

        Fr point = BlobPolynomial.Challenge(blob, commitment);
        polynomial.Prove(point, polynomial.Evaluate(point), out AffinePoint<Fp> quotient);
        CompressedPoints.WriteG1(quotient, proof);
        return true;
    }

    /// <summary>Tells whether a commitment is a blob's.</summary>
    /// <param name="blob">The blob, 131,072 bytes.</param>
    /// <param name="commitment">The commitment, 48 bytes.</param>
    /// <param name="proof">The proof, 48 bytes.</param>
    /// <returns><see langword="false"/> when the proof does not hold or an input is malformed.</returns>
    public static bool VerifyBlobProof(ReadOnlySpan<byte> blob, ReadOnlySpan<byte> commitment, ReadOnlySpan<byte> proof)
    {
        if (!TryReadPoint(commitment, out AffinePoint<Fp> c) || !TryReadPoint(proof, out AffinePoint<Fp> q)
            || !TryReadBlob(blob, out BlobPolynomial? polynomial))
        {
            return false;
        }

        Fr point = BlobPolynomial.Challenge(blob, commitment);
        return VerifyProof(c, point, polynomial.Evaluate(point), q);
    }

    /// <summary>Extends a blob to its 128 cells.</summary>
    /// <param name="blob">The blob, 131,072 bytes.</param>
    /// <param name="cells">Receives the cells, 262,144 bytes; the first half repeats the blob.</param>
    /// <returns><see langword="false"/> for a wrong length or an element that is not below the order.</returns>
    public static bool TryComputeCells(ReadOnlySpan<byte> blob, Span<byte> cells)
    {
        if (cells.Length < CellsPerBlob * CellBytes || !TryReadBlob(blob, out BlobPolynomial? polynomial)) return false;

        WriteCells(polynomial.Coefficients(), cells);
        return true;
    }

    /// <summary>Extends a blob to its 128 cells and proves each.</summary>
    /// <param name="blob">The blob, 131,072 bytes.</param>
    /// <param name="cells">Receives the cells, 262,144 bytes; the first half repeats the blob.</param>
    /// <param name="proofs">Receives the proofs, 6,144 bytes.</param>
    /// <returns><see langword="false"/> for a wrong length or an element that is not below the order.</returns>
    /// <remarks>Takes 63 commitments' time, a few seconds.</remarks>
    public static bool TryComputeCellsAndProofs(ReadOnlySpan<byte> blob, Span<byte> cells, Span<byte> proofs)
    {
        if (cells.Length < CellsPerBlob * CellBytes || proofs.Length < CellsPerBlob * ProofBytes
            || !TryReadBlob(blob, out BlobPolynomial? polynomial))
        {
            return false;
        }

        Fr[] coefficients = polynomial.Coefficients();
        WriteCells(coefficients, cells);
        foreach (ref readonly AffinePoint<Fp> point in BlobCells.Prove(coefficients).AsSpan())
        {
            CompressedPoints.WriteG1(point, proofs);
            proofs = proofs[ProofBytes..];
        }

        return true;
    }

    /// <summary>Tells whether cells belong to the blobs behind commitments, by one pairing for all.</summary>
    /// <param name="commitments">For each cell, its blob's commitment, 48 bytes each.</param>
    /// <param name="cellIndices">For each cell, its place in its blob, 0 to 127.</param>
    /// <param name="cells">The cells, 2,048 bytes each.</param>
    /// <param name="proofs">For each cell, its proof, 48 bytes each.</param>
    /// <returns>
    /// <see langword="false"/> when a proof does not hold, an input is malformed or lengths disagree; none is fine.
    /// </returns>
    public static bool VerifyCellProofBatch(
        ReadOnlySpan<byte> commitments, ReadOnlySpan<int> cellIndices, ReadOnlySpan<byte> cells,
        ReadOnlySpan<byte> proofs)
    {
        int count = cellIndices.Length;
        if (commitments.Length != count * CommitmentBytes || cells.Length != count * CellBytes
            || proofs.Length != count * ProofBytes || cellIndices.ContainsAnyExceptInRange(0, CellsPerBlob - 1))
        {
            return false;
        }

        if (count == 0) return true;

        Fr[] values = new Fr[count * BlobCells.CellSize];
        AffinePoint<Fp>[] proofPoints = new AffinePoint<Fp>[count];
        if (!KzgScalars.TryReadAll(cells, values) || !TryReadPoints(proofs, proofPoints)) return false;

        byte[] distinct = Deduplicate(commitments, out int[] commitmentIndices);
        AffinePoint<Fp>[] commitmentPoints = new AffinePoint<Fp>[distinct.Length / CommitmentBytes];
        if (!TryReadPoints(distinct, commitmentPoints)) return false;

        Fr challenge = CellProofBatch.Challenge(distinct, commitmentIndices, cellIndices, cells, proofs);
        return CellProofBatch.Verify(
            commitmentPoints, commitmentIndices, cellIndices, values, proofPoints, challenge);
    }

    // e(C - [y] + [z] Q, G2) = e(Q, [τ] G2).
    private static bool VerifyProof(in AffinePoint<Fp> commitment, in Fr z, in Fr y, in AffinePoint<Fp> proof)
    {
        Fr.Negate(y, out Fr negated);
        Bls12381Sums.SumG1(
            [Bls12381Curve.G1Generator, proof], [negated.ToNumber(), z.ToNumber()], out JacobianPoint<Fp> left);
        JacobianPoint<Fp>.Add(left, commitment, out left);
        return KzgVerification.Holds(left, new JacobianPoint<Fp>(proof));
    }

    private static void WriteCells(ReadOnlySpan<Fr> coefficients, Span<byte> cells)
    {
        foreach (ref readonly Fr value in BlobCells.Extend(coefficients).AsSpan())
        {
            Fr.Write(value, cells);
            cells = cells[Fr.Length..];
        }
    }

    // Commitments in order of first appearance, and for each cell the place of its own among them.
    private static byte[] Deduplicate(ReadOnlySpan<byte> commitments, out int[] indices)
    {
        Dictionary<string, int> places = [];
        indices = new int[commitments.Length / CommitmentBytes];
        for (int i = 0; i < indices.Length; i++)
        {
            string key = Convert.ToHexString(commitments.Slice(i * CommitmentBytes, CommitmentBytes));
            if (!places.TryGetValue(key, out indices[i]))
            {
                indices[i] = places.Count;
                places.Add(key, indices[i]);
            }
        }

        byte[] distinct = new byte[places.Count * CommitmentBytes];
        for (int i = 0; i < indices.Length; i++)
        {
            ReadOnlySpan<byte> commitment = commitments.Slice(i * CommitmentBytes, CommitmentBytes);
            commitment.CopyTo(distinct.AsSpan(indices[i] * CommitmentBytes));
        }

        return distinct;
    }

    private static bool TryReadBlob(
        ReadOnlySpan<byte> blob, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out BlobPolynomial? polynomial)
    {
        polynomial = blob.Length == BlobBytes ? BlobPolynomial.Read(blob) : null;
        return polynomial is not null;
    }

    private static bool TryReadScalar(ReadOnlySpan<byte> bytes, out Fr scalar)
    {
        scalar = default;
        return bytes.Length == Fr.Length && Fr.TryRead(bytes, out scalar);
    }

    private static bool TryReadPoints(ReadOnlySpan<byte> bytes, Span<AffinePoint<Fp>> points)
    {
        for (int i = 0; i < points.Length; i++)
        {
            if (!TryReadPoint(bytes.Slice(i * CommitmentBytes, CommitmentBytes), out points[i])) return false;
        }

        return true;
    }

    // Infinity is a commitment (to the zero polynomial) and a proof (of a constant one).
    private static bool TryReadPoint(ReadOnlySpan<byte> bytes, out AffinePoint<Fp> point) =>
        CompressedPoints.TryReadG1(bytes, out point) && (point.IsInfinity || Bls12381Curve.IsInG1(point));
}
