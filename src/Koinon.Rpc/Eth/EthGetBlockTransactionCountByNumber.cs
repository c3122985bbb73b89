using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>
/// <c>eth_getBlockTransactionCountByNumber</c>: how many transactions a block has, by its number; null where there is
/// none.
/// </summary>
/// <param name="blocks">Finds blocks.</param>
public sealed class EthGetBlockTransactionCountByNumber(BlockLookup blocks) : RpcQuery<BlockReference, Quantity?>
{
    /// <inheritdoc/>
    public override string Name => "eth_getBlockTransactionCountByNumber";

    /// <inheritdoc/>
    protected override BlockReference Read(ref ParameterReader reader) =>
        reader.Block();

    /// <inheritdoc/>
    protected override RpcResult<Quantity?> Answer(BlockReference parameters) =>
        new(blocks.Find(parameters) is { } block ? (Quantity)(ulong)block.Block.Transactions.Count : null);
}
