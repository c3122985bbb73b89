using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Engine;

/// <summary>
/// <c>engine_getBlobsV2</c> and <c>V3</c>: blobs with the proofs of their cells; where one is not at hand, V2 answers
/// <c>null</c> for all and V3 for that one.
/// </summary>
/// <param name="version">Which of them.</param>
/// <param name="pool">Has the blobs.</param>
/// <param name="options">How many at once.</param>
internal sealed class EngineGetBlobs(int version, TransactionPool pool, EngineOptions options)
    : RpcQuery<IReadOnlyList<Hash256>, IReadOnlyList<BlobAndCellProofsJson?>>
{
    private const int AllOrNothing = 2;

    /// <inheritdoc/>
    public override string Name => $"engine_getBlobsV{version}";

    /// <inheritdoc/>
    protected override IReadOnlyList<Hash256> Read(ref ParameterReader reader) =>
        reader.Required(PayloadReader.ReadHashes);

    /// <inheritdoc/>
    protected override RpcResult<IReadOnlyList<BlobAndCellProofsJson?>> Answer(IReadOnlyList<Hash256> parameters)
    {
        if (parameters.Count > options.BlobsMax)
        {
            return EngineErrors.TooLargeRequest;
        }

        BlobAndCellProofsJson?[] blobs = [.. parameters.Select(Find)];
        return version == AllOrNothing && blobs.Contains(null) ? (BlobAndCellProofsJson?[]?)null : blobs;
    }

    private BlobAndCellProofsJson? Find(Hash256 hash)
    {
        if (!pool.TryGetBlob(hash, out Transaction? transaction, out int index)
            || transaction.Sidecar is not { Version: 1 } sidecar)
        {
            return null;
        }

        IEnumerable<ReadOnlyMemory<byte>> proofs =
            sidecar.Proofs.Skip(index * BlobSidecar.CellsPerBlob).Take(BlobSidecar.CellsPerBlob);
        return new BlobAndCellProofsJson(
            sidecar.Blobs[index], [.. proofs.Select(static proof => (HexData)proof)]);
    }
}
