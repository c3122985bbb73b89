using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>
/// <c>eth_getUncleCountByBlockNumber</c>: how many uncles a block has, by its number; null where there is no such
/// block.
/// </summary>
/// <param name="blocks">Finds blocks.</param>
public sealed class EthGetUncleCountByBlockNumber(BlockLookup blocks) : RpcQuery<BlockReference, Quantity?>
{
    /// <inheritdoc/>
    public override string Name => "eth_getUncleCountByBlockNumber";

    /// <inheritdoc/>
    protected override BlockReference Read(ref ParameterReader reader) => reader.Block();

    /// <inheritdoc/>
    protected override RpcResult<Quantity?> Answer(BlockReference parameters) =>
        new(blocks.Find(parameters) is { } block ? (ulong)block.Block.Uncles.Count : null);
}
