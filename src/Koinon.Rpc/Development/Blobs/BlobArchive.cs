using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Rpc.Development.Blobs;

/// <summary>The blobs of a development chain's transactions; blocks hold their hashes alone.</summary>
/// <remarks>Safe from any thread. The newest are kept, up to a number; a blob has 128 KiB.</remarks>
/// <param name="countMax">How many blobs are kept.</param>
public sealed class BlobArchive(int countMax)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Hash256, ReadOnlyMemory<byte>> _blobs = [];
    private readonly Queue<Hash256> _order = [];

    /// <summary>Keeps the blobs of a transaction, if it has any.</summary>
    public void Keep(Transaction transaction)
    {
        if (transaction.Sidecar is not { } sidecar)
        {
            return;
        }

        lock (_gate)
        {
            for (int index = 0; index < sidecar.Blobs.Count; index++)
            {
                Hash256 hash = transaction.BlobVersionedHashes[index];
                if (_blobs.TryAdd(hash, sidecar.Blobs[index]))
                {
                    _order.Enqueue(hash);
                }
            }

            while (_order.Count > countMax)
            {
                _blobs.Remove(_order.Dequeue());
            }
        }
    }

    /// <summary>Finds a blob by its versioned hash.</summary>
    public bool TryGet(in Hash256 hash, out ReadOnlyMemory<byte> blob)
    {
        lock (_gate)
        {
            return _blobs.TryGetValue(hash, out blob);
        }
    }
}
