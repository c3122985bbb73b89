using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_maxPriorityFeePerGas</c>: a priority fee at which blocks take a transaction.</summary>
/// <param name="fees">Says what is offered.</param>
public sealed class EthMaxPriorityFeePerGas(FeeOracle fees) : RpcQuery<NoParameters, Quantity>
{
    /// <inheritdoc/>
    public override string Name => "eth_maxPriorityFeePerGas";

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) =>
        default;

    /// <inheritdoc/>
    protected override RpcResult<Quantity> Answer(NoParameters parameters) => (Quantity)fees.Tip();
}
