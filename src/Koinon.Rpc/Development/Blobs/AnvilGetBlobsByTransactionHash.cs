using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Development.Blobs;

/// <summary>
/// <c>anvil_getBlobsByTransactionHash</c>: the blobs of a transaction in a block; null where it has none that are kept.
/// </summary>
/// <param name="ledger">The chain.</param>
/// <param name="blobs">Blobs of the chain's transactions.</param>
public sealed class AnvilGetBlobsByTransactionHash(Ledger ledger, BlobArchive blobs)
    : RpcQuery<Hash256, IReadOnlyList<HexData>>
{
    /// <inheritdoc/>
    public override string Name => "anvil_getBlobsByTransactionHash";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_getBlobsByTransactionHash"];

    /// <inheritdoc/>
    protected override Hash256 Read(ref ParameterReader reader) => reader.Hash();

    /// <inheritdoc/>
    protected override RpcResult<IReadOnlyList<HexData>> Answer(Hash256 parameters)
    {
        if (!ledger.TryGetTransaction(parameters, out LedgerTransaction found)
            || found.Transaction.BlobVersionedHashes.Count == 0)
        {
            return new RpcResult<IReadOnlyList<HexData>>(null);
        }

        List<HexData> kept = [];
        foreach (Hash256 hash in found.Transaction.BlobVersionedHashes)
        {
            if (blobs.TryGet(hash, out ReadOnlyMemory<byte> blob))
            {
                kept.Add(blob);
            }
        }

        return new RpcResult<IReadOnlyList<HexData>>(
            kept.Count == found.Transaction.BlobVersionedHashes.Count ? kept : null);
    }
}
