using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>
/// <c>eth_getUncleCountByBlockHash</c>: how many uncles a block has, by its hash; null where there is no such block.
/// </summary>
/// <param name="blocks">Finds blocks.</param>
public sealed class EthGetUncleCountByBlockHash(BlockLookup blocks) : RpcQuery<Hash256, Quantity?>
{
    /// <inheritdoc/>
    public override string Name => "eth_getUncleCountByBlockHash";

    /// <inheritdoc/>
    protected override Hash256 Read(ref ParameterReader reader) => reader.Hash();

    /// <inheritdoc/>
    protected override RpcResult<Quantity?> Answer(Hash256 parameters) =>
        new(blocks.Find(BlockReference.Hashed(parameters)) is { } block ? (ulong)block.Block.Uncles.Count : null);
}
