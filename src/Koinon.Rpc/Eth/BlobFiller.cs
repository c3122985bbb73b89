using System.Threading.Channels;
using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Crypto;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>Makes the sidecar of a blob transaction out of its blobs: commitments, proofs and hashes.</summary>
/// <remarks>
/// Cell proofs take seconds a blob: one transaction is filled at a time, the others wait. Safe from any thread.
/// </remarks>
/// <param name="ledger">Knows which proofs the next block asks for.</param>
internal sealed class BlobFiller(Ledger ledger)
{
    private const byte VersionOfKzg = 1;

    // A place for the one that is at work.
    private readonly Channel<bool> _turn = Channel.CreateBounded<bool>(1);

    /// <summary>Fills in what belongs to the blobs of a request; one without blobs stays as it is.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellation">Ends the work after the blob at hand.</param>
    public async ValueTask<RpcResult<CallRequest>> FillAsync(CallRequest request, CancellationToken cancellation)
    {
        if (request.Blobs is not { } blobs || request.Sidecar is not null)
        {
            return request;
        }

        ActiveRules rules = ledger.RulesAfter(ledger.Head);
        byte version = rules.Rules.SidecarVersion;
        if (WrongIn(request, blobs, rules, version) is { } wrong)
        {
            return RpcError.Server(wrong);
        }

        await _turn.Writer.WriteAsync(true, cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Fill(request, blobs, version, cancellation), cancellation)
                .ConfigureAwait(false);
        }
        finally
        {
            _turn.Reader.TryRead(out _);
        }
    }

    private static string? WrongIn(
        CallRequest request, IReadOnlyList<ReadOnlyMemory<byte>> blobs, ActiveRules rules, byte version)
    {
        ulong most = Math.Min((ulong)rules.Fork.TransactionBlobsMax, rules.Blobs?.Maximum ?? 0);
        int proofs = version == 0 ? blobs.Count : blobs.Count * BlobSidecar.CellsPerBlob;
        return rules.Blobs is null ? "transaction type not supported: the next block takes no blobs"
            : blobs.Count == 0 ? "need at least 1 blob for a blob transaction"
            : (ulong)blobs.Count > most ? $"too many blobs in transaction (have={blobs.Count}, max={most})"
            : request.To is null ? "missing \"to\" in blob transaction"
            : request.Commitments is null && request.Proofs is not null
                ? "blob proofs provided while commitments were not"
            : request.Commitments is not null && request.Proofs is null
                ? "blob commitments provided while proofs were not"
            : request.Commitments is { } commitments && commitments.Count != blobs.Count
                ? $"number of blobs and commitments mismatch (have={commitments.Count}, want={blobs.Count})"
            : request.Proofs is { } given && given.Count != proofs
                ? $"number of blobs and proofs mismatch (have={given.Count}, want={proofs})"
            : request.BlobVersionedHashes is { } hashes && hashes.Count != blobs.Count
                ? $"number of blobs and hashes mismatch (have={hashes.Count}, want={blobs.Count})"
            : null;
    }

    private static RpcResult<CallRequest> Fill(
        CallRequest request,
        IReadOnlyList<ReadOnlyMemory<byte>> blobs,
        byte version,
        CancellationToken cancellation)
    {
        List<ReadOnlyMemory<byte>> commitments = new(blobs.Count);
        List<ReadOnlyMemory<byte>> proofs = [.. request.Proofs ?? []];
        List<Hash256> hashes = new(blobs.Count);
        for (int i = 0; i < blobs.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            byte[] commitment = new byte[Kzg.CommitmentBytes];
            if (!Kzg.TryComputeCommitment(blobs[i].Span, commitment)
                || (request.Proofs is null && !TryProve(blobs[i].Span, commitment, version, proofs)))
            {
                return RpcError.Server($"blobs[{i}]: not a blob: 131072 bytes, 4096 numbers below the field's order");
            }

            ReadOnlyMemory<byte> given = request.Commitments?[i] ?? commitment;
            if (!given.Span.SequenceEqual(commitment))
            {
                return RpcError.Server($"failed to verify blob proof: commitments[{i}] is not that of blobs[{i}]");
            }

            commitments.Add(commitment);
            hashes.Add(HashOf(commitment));
            if (request.BlobVersionedHashes is { } named && named[i] != hashes[i])
            {
                return RpcError.Server($"blob hash verification failed (have={named[i]}, want={hashes[i]})");
            }
        }

        return request with
        {
            BlobVersionedHashes = hashes,
            Sidecar = new BlobSidecar
            {
                Version = version,
                Blobs = blobs,
                Commitments = commitments,
                Proofs = proofs,
            },
        };
    }

    private static bool TryProve(
        ReadOnlySpan<byte> blob, byte[] commitment, byte version, List<ReadOnlyMemory<byte>> proofs)
    {
        if (version == 0)
        {
            byte[] proof = new byte[Kzg.ProofBytes];
            proofs.Add(proof);
            return Kzg.TryComputeBlobProof(blob, commitment, proof);
        }

        byte[] cells = new byte[BlobSidecar.CellsPerBlob * Kzg.CellBytes];
        byte[] all = new byte[BlobSidecar.CellsPerBlob * Kzg.ProofBytes];
        bool isBlob = Kzg.TryComputeCellsAndProofs(blob, cells, all);
        for (int i = 0; i < BlobSidecar.CellsPerBlob; i++)
        {
            proofs.Add(all.AsMemory(i * Kzg.ProofBytes, Kzg.ProofBytes));
        }

        return isBlob;
    }

    private static Hash256 HashOf(ReadOnlySpan<byte> commitment)
    {
        byte[] hash = new byte[Sha256.HashBytes];
        Sha256.Hash(commitment, hash);
        hash[0] = VersionOfKzg;
        return new Hash256(hash);
    }
}
