using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_mining</c>: whether this program searches for proofs of work: it does not.</summary>
public sealed class EthMining : RpcQuery<NoParameters, bool>
{
    /// <inheritdoc/>
    public override string Name => "eth_mining";

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override RpcResult<bool> Answer(NoParameters parameters) => false;
}
