using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_getHeaderByHash</c>: a block's header by its hash; null where there is none.</summary>
/// <param name="blocks">Finds blocks.</param>
public sealed class EthGetHeaderByHash(BlockLookup blocks) : RpcQuery<Hash256, HeaderJson?>
{
    /// <inheritdoc/>
    public override string Name => "eth_getHeaderByHash";

    /// <inheritdoc/>
    protected override Hash256 Read(ref ParameterReader reader) => reader.Hash();

    /// <inheritdoc/>
    protected override RpcResult<HeaderJson?> Answer(Hash256 parameters) =>
        blocks.Find(BlockReference.Hashed(parameters)) is { } block ? new HeaderJson(block.Sealed) : null;
}
