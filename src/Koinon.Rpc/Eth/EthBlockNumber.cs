using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_blockNumber</c>: the head's number.</summary>
/// <param name="blocks">Finds blocks.</param>
public sealed class EthBlockNumber(BlockLookup blocks) : RpcQuery<NoParameters, Quantity>
{
    /// <inheritdoc/>
    public override string Name => "eth_blockNumber";

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) =>
        default;

    /// <inheritdoc/>
    protected override RpcResult<Quantity> Answer(NoParameters parameters) =>
        (Quantity)blocks.Ledger.Head.Number;
}
