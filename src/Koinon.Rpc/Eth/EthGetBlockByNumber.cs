using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_getBlockByNumber</c>: a block by its number; null where there is none.</summary>
/// <param name="texts">Shows blocks.</param>
public sealed class EthGetBlockByNumber(BlockTexts texts)
    : RpcQuery<(BlockReference Block, bool WholeTransactions), RawJson>
{
    /// <inheritdoc/>
    public override string Name => "eth_getBlockByNumber";

    /// <inheritdoc/>
    protected override (BlockReference Block, bool WholeTransactions) Read(ref ParameterReader reader) =>
        (reader.Block(), reader.FlagOrFalse());

    /// <inheritdoc/>
    protected override RpcResult<RawJson> Answer((BlockReference Block, bool WholeTransactions) parameters) =>
        texts.Of(parameters.Block, parameters.WholeTransactions);
}
