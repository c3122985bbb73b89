using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Net;

/// <summary><c>net_peerCount</c>: with how many others this node is connected.</summary>
public sealed class NetPeerCount : RpcQuery<NoParameters, Quantity>
{
    /// <inheritdoc/>
    public override string Name => "net_peerCount";

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override RpcResult<Quantity> Answer(NoParameters parameters) => (Quantity)0ul;
}
