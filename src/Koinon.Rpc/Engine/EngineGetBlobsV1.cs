using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Engine;

/// <summary><c>engine_getBlobsV1</c>: blobs with a proof each, <c>null</c> for those that are not at hand.</summary>
/// <param name="ledger">The chain.</param>
/// <param name="pool">Has the blobs.</param>
/// <param name="options">How many at once.</param>
internal sealed class EngineGetBlobsV1(Ledger ledger, TransactionPool pool, EngineOptions options)
    : RpcQuery<IReadOnlyList<Hash256>, IReadOnlyList<BlobAndProofJson?>>
{
    /// <inheritdoc/>
    public override string Name => "engine_getBlobsV1";

    /// <inheritdoc/>
    protected override IReadOnlyList<Hash256> Read(ref ParameterReader reader) =>
        reader.Required(PayloadReader.ReadHashes);

    /// <inheritdoc/>
    protected override RpcResult<IReadOnlyList<BlobAndProofJson?>> Answer(IReadOnlyList<Hash256> parameters)
    {
        if (parameters.Count > options.BlobsMax)
        {
            return EngineErrors.TooLargeRequest;
        }

        if (PayloadAge.Of(ledger.Head.Rules) >= PayloadAge.Cells)
        {
            return EngineErrors.UnsupportedFork;
        }

        return parameters.Select(Find).ToArray();
    }

    private BlobAndProofJson? Find(Hash256 hash) =>
        pool.TryGetBlob(hash, out Transaction? transaction, out int index)
        && transaction.Sidecar is { Version: 0 } sidecar
            ? new BlobAndProofJson(sidecar.Blobs[index], sidecar.Proofs[index])
            : null;
}
