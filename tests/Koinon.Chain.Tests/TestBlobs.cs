using Koinon.Crypto;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Tests;

/// <summary>
/// Blobs of one value throughout: a constant polynomial, whose proofs are all the point at infinity.
/// </summary>
internal static class TestBlobs
{
    private static readonly ReadOnlyMemory<byte> Infinity = InfinityPoint();

    public static BlobSidecar Sidecar(byte version, params byte[] values)
    {
        List<ReadOnlyMemory<byte>> blobs = [];
        List<ReadOnlyMemory<byte>> commitments = [];
        List<ReadOnlyMemory<byte>> proofs = [];
        foreach (byte value in values)
        {
            byte[] blob = new byte[Kzg.BlobBytes];
            for (int i = 31; i < blob.Length; i += 32)
            {
                blob[i] = value;
            }

            byte[] commitment = new byte[Kzg.CommitmentBytes];
            Assert.True(Kzg.TryComputeCommitment(blob, commitment));
            blobs.Add(blob);
            commitments.Add(commitment);
            int count = version == 0 ? 1 : Kzg.CellsPerBlob;
            proofs.AddRange(Enumerable.Repeat(Infinity, count));
        }

        return new BlobSidecar { Version = version, Blobs = blobs, Commitments = commitments, Proofs = proofs };
    }

    public static Hash256 HashOf(ReadOnlyMemory<byte> commitment)
    {
        byte[] hash = System.Security.Cryptography.SHA256.HashData(commitment.Span);
        hash[0] = 1;
        return new Hash256(hash);
    }

    /// <summary>A transaction with blobs.</summary>
    /// <param name="sender">Who signs it.</param>
    /// <param name="nonce">Its nonce.</param>
    /// <param name="sidecar">The blobs; none travel with it where it is left out.</param>
    /// <param name="fee">Highest fee and blob fee.</param>
    /// <param name="hashes">The hashes; those of the sidecar where they are left out.</param>
    public static Transaction Transaction(
        TestAccount sender,
        ulong nonce,
        BlobSidecar? sidecar,
        ulong fee = 10_000_000_000,
        IReadOnlyList<Hash256>? hashes = null) => WithSidecar(
            sender.Sign(new Transaction
            {
                Type = TransactionType.Blob,
                ChainId = TestChain.ChainId,
                Nonce = nonce,
                GasLimit = 21_000,
                MaxFeePerGas = fee,
                MaxPriorityFeePerGas = fee,
                MaxFeePerBlobGas = fee,
                To = Address.FromWord(0xb10b),
                BlobVersionedHashes = hashes ?? [.. sidecar!.Commitments.Select(HashOf)],
                Sidecar = sidecar,
            }),
            sidecar);

    private static Transaction WithSidecar(Transaction signed, BlobSidecar? sidecar)
    {
        Assert.Same(sidecar, signed.Sidecar);
        return signed;
    }

    private static byte[] InfinityPoint()
    {
        byte[] point = new byte[Kzg.ProofBytes];
        point[0] = 0xc0;
        return point;
    }
}
