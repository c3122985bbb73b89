using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_gasPrice</c>: a price at which the next block takes a transaction.</summary>
/// <param name="fees">Says what the next block asks.</param>
public sealed class EthGasPrice(FeeOracle fees) : RpcQuery<NoParameters, Quantity>
{
    /// <inheritdoc/>
    public override string Name => "eth_gasPrice";

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) =>
        default;

    /// <inheritdoc/>
    protected override RpcResult<Quantity> Answer(NoParameters parameters) =>
        (Quantity)(fees.NextBaseFee() + fees.Tip());
}
