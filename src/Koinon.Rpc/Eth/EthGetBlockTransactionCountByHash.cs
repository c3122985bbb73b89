using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>
/// <c>eth_getBlockTransactionCountByHash</c>: how many transactions a block has, by its hash; null where there is none.
/// </summary>
/// <param name="blocks">Finds blocks.</param>
public sealed class EthGetBlockTransactionCountByHash(BlockLookup blocks) : RpcQuery<Hash256, Quantity?>
{
    /// <inheritdoc/>
    public override string Name => "eth_getBlockTransactionCountByHash";

    /// <inheritdoc/>
    protected override Hash256 Read(ref ParameterReader reader) =>
        reader.Hash();

    /// <inheritdoc/>
    protected override RpcResult<Quantity?> Answer(Hash256 parameters) =>
        new(blocks.Find(BlockReference.Hashed(parameters)) is { } block
            ? (Quantity)(ulong)block.Block.Transactions.Count
            : null);
}
