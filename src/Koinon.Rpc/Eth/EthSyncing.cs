using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_syncing</c>: false, since a chain that makes its own blocks never lags.</summary>
public sealed class EthSyncing() : RpcQuery<NoParameters, bool>
{
    /// <inheritdoc/>
    public override string Name => "eth_syncing";

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) =>
        default;

    /// <inheritdoc/>
    protected override RpcResult<bool> Answer(NoParameters parameters) => false;
}
