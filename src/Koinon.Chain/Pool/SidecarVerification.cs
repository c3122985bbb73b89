using System.Buffers;
using Koinon.Crypto;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Pool;

/// <summary>Whether the blobs that travel with a transaction are those that it names (EIP-4844, EIP-7594).</summary>
internal static class SidecarVerification
{
    private const byte VersionOfKzg = 1;

    /// <summary>Checks all that is quick: that there is a sidecar, its version, counts and hashes.</summary>
    /// <param name="transaction">A blob transaction.</param>
    /// <param name="version">The version that the fork takes.</param>
    internal static PoolResult CheckForm(Transaction transaction, byte version)
    {
        IReadOnlyList<Hash256> hashes = transaction.BlobVersionedHashes;
        if (transaction.Sidecar is not { } sidecar)
        {
            return new PoolResult(PoolError.SidecarMissing, Detail: $"{hashes.Count} blobs must come with it");
        }

        if (sidecar.Version != version)
        {
            string needed = version == 0 ? "a proof for each blob" : "cell proofs, 128 for each blob,";
            return new PoolResult(
                PoolError.SidecarVersion, Detail: $"{needed} are needed: version {version}, not {sidecar.Version}");
        }

        int proofsPerBlob = version == 0 ? 1 : BlobSidecar.CellsPerBlob;
        if (sidecar.Blobs.Count != hashes.Count || sidecar.Commitments.Count != hashes.Count
            || sidecar.Proofs.Count != hashes.Count * proofsPerBlob)
        {
            return new PoolResult(
                PoolError.SidecarMismatch,
                Detail: $"{hashes.Count} hashes, {sidecar.Blobs.Count} blobs, {sidecar.Commitments.Count} commitments, "
                    + $"{sidecar.Proofs.Count} proofs");
        }

        for (int i = 0; i < hashes.Count; i++)
        {
            if (HashOf(sidecar.Commitments[i].Span) != hashes[i])
            {
                return new PoolResult(
                    PoolError.SidecarMismatch, Detail: $"commitment {i} is not the one that {hashes[i]} names");
            }
        }

        return default;
    }

    /// <summary>Checks the proofs, on all processors. It takes milliseconds a blob.</summary>
    /// <param name="transaction">A transaction whose form was checked.</param>
    internal static PoolResult CheckProofs(Transaction transaction)
    {
        BlobSidecar sidecar = transaction.Sidecar!;
        int wrong = -1;
        Parallel.For(0, sidecar.Blobs.Count, (i, loop) =>
        {
            bool holds = sidecar.Version == 0
                ? Kzg.VerifyBlobProof(
                    sidecar.Blobs[i].Span, sidecar.Commitments[i].Span, sidecar.Proofs[i].Span)
                : HoldCellProofs(sidecar, i);
            if (!holds)
            {
                Volatile.Write(ref wrong, i);
                loop.Stop();
            }
        });
        return wrong < 0 ? default : new PoolResult(PoolError.BlobProofInvalid, Detail: $"of blob {wrong}");
    }

    /// <summary>The versioned hash of a commitment.</summary>
    internal static Hash256 HashOf(ReadOnlySpan<byte> commitment)
    {
        Span<byte> hash = stackalloc byte[Sha256.HashBytes];
        Sha256.Hash(commitment, hash);
        hash[0] = VersionOfKzg;
        return new Hash256(hash);
    }

    private static bool HoldCellProofs(BlobSidecar sidecar, int blob)
    {
        const int Cells = BlobSidecar.CellsPerBlob;
        byte[] rented = ArrayPool<byte>.Shared.Rent(Cells * Kzg.CellBytes);
        try
        {
            Span<byte> cells = rented.AsSpan(0, Cells * Kzg.CellBytes);
            if (!Kzg.TryComputeCells(sidecar.Blobs[blob].Span, cells))
            {
                return false;
            }

            byte[] commitments = new byte[Cells * Kzg.CommitmentBytes];
            byte[] proofs = new byte[Cells * Kzg.ProofBytes];
            int[] indices = new int[Cells];
            for (int cell = 0; cell < Cells; cell++)
            {
                indices[cell] = cell;
                sidecar.Commitments[blob].Span.CopyTo(commitments.AsSpan(cell * Kzg.CommitmentBytes));
                sidecar.Proofs[(blob * Cells) + cell].Span.CopyTo(proofs.AsSpan(cell * Kzg.ProofBytes));
            }

            return Kzg.VerifyCellProofBatch(commitments, indices, cells, proofs);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
