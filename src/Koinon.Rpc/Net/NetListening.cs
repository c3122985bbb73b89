using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Net;

/// <summary>
/// <c>net_listening</c>: whether peers may connect; a chain without peers says so too, as tools expect.
/// </summary>
public sealed class NetListening : RpcQuery<NoParameters, bool>
{
    /// <inheritdoc/>
    public override string Name => "net_listening";

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override RpcResult<bool> Answer(NoParameters parameters) => true;
}
