using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_getBlockByHash</c>: a block by its hash; null where there is none.</summary>
/// <param name="blocks">Finds blocks.</param>
public sealed class EthGetBlockByHash(BlockLookup blocks)
    : RpcQuery<(Hash256 Block, bool WholeTransactions), BlockJson?>
{
    /// <inheritdoc/>
    public override string Name => "eth_getBlockByHash";

    /// <inheritdoc/>
    protected override (Hash256 Block, bool WholeTransactions) Read(ref ParameterReader reader) =>
        (reader.Hash(), reader.FlagOrFalse());

    /// <inheritdoc/>
    protected override RpcResult<BlockJson?> Answer((Hash256 Block, bool WholeTransactions) parameters) =>
        blocks.Find(BlockReference.Hashed(parameters.Block)) is { } block
            ? BlockJson.Of(block, blocks.Ledger.Consensus.HashOf, parameters.WholeTransactions)
            : null;
}
