using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_chainId</c>: the number that transactions are signed for.</summary>
/// <param name="parts">Know the number.</param>
public sealed class EthChainId(RpcParts parts) : RpcQuery<NoParameters, Quantity>
{
    /// <inheritdoc/>
    public override string Name => "eth_chainId";

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) =>
        default;

    /// <inheritdoc/>
    protected override RpcResult<Quantity> Answer(NoParameters parameters) => (Quantity)parts.ChainId;
}
