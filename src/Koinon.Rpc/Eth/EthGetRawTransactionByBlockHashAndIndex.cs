using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>
/// <c>eth_getRawTransactionByBlockHashAndIndex</c>: a transaction's encoding by its place in a block; null where there
/// is none.
/// </summary>
/// <param name="blocks">Finds blocks.</param>
public sealed class EthGetRawTransactionByBlockHashAndIndex(BlockLookup blocks)
    : RpcQuery<(Hash256 Hash, ulong Index), HexData?>
{
    /// <inheritdoc/>
    public override string Name => "eth_getRawTransactionByBlockHashAndIndex";

    /// <inheritdoc/>
    protected override (Hash256 Hash, ulong Index) Read(ref ParameterReader reader) =>
        (reader.Hash(), reader.UInt64());

    /// <inheritdoc/>
    protected override RpcResult<HexData?> Answer((Hash256 Hash, ulong Index) parameters) =>
        new(blocks.Find(BlockReference.Hashed(parameters.Hash)) is { } block
            && parameters.Index < (ulong)block.Block.Transactions.Count
                ? block.Block.Transactions[(int)parameters.Index].Encoded
                : (HexData?)null);
}
