using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>
/// <c>eth_getUncleByBlockNumberAndIndex</c>: an uncle of a block named by its number; null where there is none.
/// </summary>
/// <param name="blocks">Finds blocks.</param>
public sealed class EthGetUncleByBlockNumberAndIndex(BlockLookup blocks)
    : RpcQuery<(BlockReference Block, ulong Index), UncleJson?>
{
    /// <inheritdoc/>
    public override string Name => "eth_getUncleByBlockNumberAndIndex";

    /// <inheritdoc/>
    protected override (BlockReference Block, ulong Index) Read(ref ParameterReader reader) =>
        (reader.Block(), reader.UInt64());

    /// <inheritdoc/>
    protected override RpcResult<UncleJson?> Answer((BlockReference Block, ulong Index) parameters) =>
        blocks.Uncle(parameters.Block, parameters.Index);
}
