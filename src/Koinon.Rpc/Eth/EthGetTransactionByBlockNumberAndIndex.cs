using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>
/// <c>eth_getTransactionByBlockNumberAndIndex</c>: a transaction by its block's number and its place; null where there
/// is none.
/// </summary>
/// <param name="blocks">Finds blocks.</param>
public sealed class EthGetTransactionByBlockNumberAndIndex(BlockLookup blocks)
    : RpcQuery<(BlockReference Block, ulong Index), TransactionJson?>
{
    /// <inheritdoc/>
    public override string Name => "eth_getTransactionByBlockNumberAndIndex";

    /// <inheritdoc/>
    protected override (BlockReference Block, ulong Index) Read(ref ParameterReader reader) =>
        (reader.Block(), reader.UInt64());

    /// <inheritdoc/>
    protected override RpcResult<TransactionJson?> Answer((BlockReference Block, ulong Index) parameters) =>
        blocks.Find(parameters.Block) is { } block && parameters.Index < (ulong)block.Block.Transactions.Count
            ? TransactionJson.Of(
                block.Block.Transactions[(int)parameters.Index], new BlockPosition(block.Sealed, (int)parameters.Index))
            : null;
}
