using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_submitWork</c>: refused, since no work is given out: there is no mining here.</summary>
public sealed class EthSubmitWork : RpcQuery<NoParameters, string>
{
    /// <inheritdoc/>
    public override string Name => "eth_submitWork";

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader)
    {
        reader.Ignore();
        return default;
    }

    /// <inheritdoc/>
    protected override RpcResult<string> Answer(NoParameters parameters) =>
        new RpcError(RpcErrorCode.NotSupported, "Not implemented: there is no proof-of-work mining here");
}
