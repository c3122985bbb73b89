using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>
/// <c>eth_getUncleByBlockHashAndIndex</c>: an uncle of a block named by its hash; null where there is none.
/// </summary>
/// <param name="blocks">Finds blocks.</param>
public sealed class EthGetUncleByBlockHashAndIndex(BlockLookup blocks)
    : RpcQuery<(Hash256 Hash, ulong Index), UncleJson?>
{
    /// <inheritdoc/>
    public override string Name => "eth_getUncleByBlockHashAndIndex";

    /// <inheritdoc/>
    protected override (Hash256 Hash, ulong Index) Read(ref ParameterReader reader) =>
        (reader.Hash(), reader.UInt64());

    /// <inheritdoc/>
    protected override RpcResult<UncleJson?> Answer((Hash256 Hash, ulong Index) parameters) =>
        blocks.Uncle(BlockReference.Hashed(parameters.Hash), parameters.Index);
}
