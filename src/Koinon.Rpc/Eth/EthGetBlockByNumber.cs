using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_getBlockByNumber</c>: a block by its number; null where there is none.</summary>
/// <param name="blocks">Finds blocks.</param>
public sealed class EthGetBlockByNumber(BlockLookup blocks)
    : RpcQuery<(BlockReference Block, bool WholeTransactions), BlockJson?>
{
    /// <inheritdoc/>
    public override string Name => "eth_getBlockByNumber";

    /// <inheritdoc/>
    protected override (BlockReference Block, bool WholeTransactions) Read(ref ParameterReader reader) =>
        (reader.Block(), reader.FlagOrFalse());

    /// <inheritdoc/>
    protected override RpcResult<BlockJson?> Answer((BlockReference Block, bool WholeTransactions) parameters) =>
        blocks.Find(parameters.Block) is { } block
            ? BlockJson.Of(block, blocks.Ledger.Consensus.HashOf, parameters.WholeTransactions)
            : null;
}
