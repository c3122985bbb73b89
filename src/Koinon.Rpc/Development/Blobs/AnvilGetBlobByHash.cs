using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Development.Blobs;

/// <summary><c>anvil_getBlobByHash</c>: a blob by its versioned hash; null where it is not kept.</summary>
/// <param name="blobs">Blobs of the chain's transactions.</param>
public sealed class AnvilGetBlobByHash(BlobArchive blobs) : RpcQuery<Hash256, HexData?>
{
    /// <inheritdoc/>
    public override string Name => "anvil_getBlobByHash";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_getBlobByHash"];

    /// <inheritdoc/>
    protected override Hash256 Read(ref ParameterReader reader) => reader.Hash();

    /// <inheritdoc/>
    protected override RpcResult<HexData?> Answer(Hash256 parameters) =>
        new(blobs.TryGet(parameters, out ReadOnlyMemory<byte> blob) ? (HexData?)new HexData(blob) : null);
}
