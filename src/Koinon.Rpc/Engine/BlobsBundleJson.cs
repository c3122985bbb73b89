using Koinon.Primitives.Transactions;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Engine;

/// <summary>The blobs of a payload's transactions, in their order.</summary>
/// <param name="Commitments">A commitment for each.</param>
/// <param name="Proofs">A proof for each blob, or for each of its cells.</param>
/// <param name="Blobs">The blobs.</param>
public sealed record BlobsBundleJson(
    IReadOnlyList<HexData> Commitments, IReadOnlyList<HexData> Proofs, IReadOnlyList<HexData> Blobs)
{
    /// <summary>The bundle of some sidecars.</summary>
    internal static BlobsBundleJson Of(IReadOnlyList<BlobSidecar> sidecars) => new(
        [.. sidecars.SelectMany(static sidecar => sidecar.Commitments).Select(Hex)],
        [.. sidecars.SelectMany(static sidecar => sidecar.Proofs).Select(Hex)],
        [.. sidecars.SelectMany(static sidecar => sidecar.Blobs).Select(Hex)]);

    private static HexData Hex(ReadOnlyMemory<byte> bytes) => bytes;
}
