using System.Diagnostics.CodeAnalysis;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Pool;

/// <summary>Blobs that are at hand: of what waits, and of what stands in blocks of late.</summary>
/// <remarks>
/// Not thread-safe; the pool's gate guards it. What stands in blocks is kept for a reorganisation and for those who
/// ask, and gives way to what waits.
/// </remarks>
internal sealed class BlobShelf(long bytesMax)
{
    private readonly Dictionary<Hash256, (Transaction Transaction, int Index)> _byVersionedHash = [];
    private readonly Dictionary<Hash256, Transaction> _included = [];
    private readonly Queue<Transaction> _oldest = [];
    private long _waitingBytes;
    private long _includedBytes;

    /// <summary>Whether what waits is more than there is room for.</summary>
    internal bool IsOverfull => _waitingBytes > bytesMax;

    /// <summary>Bytes of a sidecar.</summary>
    internal static long BytesOf(Transaction transaction) => transaction.Sidecar is { } sidecar
        ? ((long)sidecar.Blobs.Count * BlobSidecar.BlobSize)
            + ((long)sidecar.Commitments.Count * BlobSidecar.CommitmentSize)
            + ((long)sidecar.Proofs.Count * BlobSidecar.ProofSize)
        : 0;

    internal void Add(Transaction waiting)
    {
        _waitingBytes += BytesOf(waiting);
        for (int i = 0; i < waiting.BlobVersionedHashes.Count; i++)
        {
            _byVersionedHash[waiting.BlobVersionedHashes[i]] = (waiting, i);
        }

        MakeRoom();
    }

    /// <summary>The transaction left the pool for a block, or for good.</summary>
    internal void Leave(Transaction transaction, bool isIncluded)
    {
        _waitingBytes -= BytesOf(transaction);
        if (isIncluded && _included.TryAdd(transaction.Hash, transaction))
        {
            _oldest.Enqueue(transaction);
            _includedBytes += BytesOf(transaction);
            MakeRoom();
        }
        else if (!isIncluded)
        {
            Forget(transaction);
        }
    }

    /// <summary>A transaction of a block with its blobs, as long as they are here.</summary>
    internal bool TryTakeBack(in Hash256 hash, [NotNullWhen(true)] out Transaction? transaction) =>
        _included.TryGetValue(hash, out transaction);

    internal bool TryGet(in Hash256 versionedHash, out (Transaction Transaction, int Index) found) =>
        _byVersionedHash.TryGetValue(versionedHash, out found);

    private void MakeRoom()
    {
        while (_waitingBytes + _includedBytes > bytesMax && _oldest.TryDequeue(out Transaction? oldest))
        {
            _includedBytes -= BytesOf(oldest);
            _included.Remove(oldest.Hash);
            Forget(oldest);
        }
    }

    private void Forget(Transaction transaction)
    {
        foreach (Hash256 hash in transaction.BlobVersionedHashes)
        {
            if (_byVersionedHash.TryGetValue(hash, out var found) && found.Transaction == transaction)
            {
                _byVersionedHash.Remove(hash);
            }
        }
    }
}
