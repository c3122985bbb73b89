using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>
/// <c>eth_getRawTransactionByBlockNumberAndIndex</c>: a transaction's encoding by its place in a block; null where
/// there is none.
/// </summary>
/// <param name="blocks">Finds blocks.</param>
public sealed class EthGetRawTransactionByBlockNumberAndIndex(BlockLookup blocks)
    : RpcQuery<(BlockReference Block, ulong Index), HexData?>
{
    /// <inheritdoc/>
    public override string Name => "eth_getRawTransactionByBlockNumberAndIndex";

    /// <inheritdoc/>
    protected override (BlockReference Block, ulong Index) Read(ref ParameterReader reader) =>
        (reader.Block(), reader.UInt64());

    /// <inheritdoc/>
    protected override RpcResult<HexData?> Answer((BlockReference Block, ulong Index) parameters) =>
        new(blocks.Find(parameters.Block) is { } block
            && parameters.Index < (ulong)block.Block.Transactions.Count
                ? block.Block.Transactions[(int)parameters.Index].Encoded
                : (HexData?)null);
}
