using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_blobBaseFee</c>: the price of blob gas in the next block.</summary>
/// <param name="blocks">Finds blocks.</param>
public sealed class EthBlobBaseFee(BlockLookup blocks) : RpcQuery<NoParameters, Quantity>
{
    /// <inheritdoc/>
    public override string Name => "eth_blobBaseFee";

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override RpcResult<Quantity> Answer(NoParameters parameters) =>
        (Quantity)FeeOracle.NextBlobPrice(blocks.Ledger.Head);
}
