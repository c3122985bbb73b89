using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_maxPriorityFeePerGas</c>: a priority fee at which blocks take a transaction.</summary>
public sealed class EthMaxPriorityFeePerGas() : RpcQuery<NoParameters, Quantity>
{
    /// <inheritdoc/>
    public override string Name => "eth_maxPriorityFeePerGas";

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) =>
        default;

    /// <inheritdoc/>
    protected override RpcResult<Quantity> Answer(NoParameters parameters) => (Quantity)FeeOracle.Tip;
}
