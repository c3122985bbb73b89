using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_hashrate</c>: how many proofs of work are tried in a second: none.</summary>
public sealed class EthHashrate : RpcQuery<NoParameters, Quantity>
{
    /// <inheritdoc/>
    public override string Name => "eth_hashrate";

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override RpcResult<Quantity> Answer(NoParameters parameters) => (Quantity)0ul;
}
