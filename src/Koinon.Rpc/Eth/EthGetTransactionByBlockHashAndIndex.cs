using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>
/// <c>eth_getTransactionByBlockHashAndIndex</c>: a transaction by its block's hash and its place; null where there is
/// none.
/// </summary>
/// <param name="blocks">Finds blocks.</param>
public sealed class EthGetTransactionByBlockHashAndIndex(BlockLookup blocks)
    : RpcQuery<(Hash256 Block, ulong Index), TransactionJson?>
{
    /// <inheritdoc/>
    public override string Name => "eth_getTransactionByBlockHashAndIndex";

    /// <inheritdoc/>
    protected override (Hash256 Block, ulong Index) Read(ref ParameterReader reader) =>
        (reader.Hash(), reader.UInt64());

    /// <inheritdoc/>
    protected override RpcResult<TransactionJson?> Answer((Hash256 Block, ulong Index) parameters) =>
        blocks.Find(BlockReference.Hashed(parameters.Block)) is { } block
            && parameters.Index < (ulong)block.Block.Transactions.Count
            ? TransactionJson.Of(
                block.Block.Transactions[(int)parameters.Index], new BlockPosition(block.Sealed, (int)parameters.Index))
            : null;
}
