using System.Globalization;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Net;

/// <summary><c>net_version</c>: the network's number, as a decimal string.</summary>
/// <param name="parts">Know the number, which is the chain's.</param>
public sealed class NetVersion(RpcParts parts) : RpcQuery<NoParameters, string>
{
    /// <inheritdoc/>
    public override string Name => "net_version";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["eth_networkId"];

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override RpcResult<string> Answer(NoParameters parameters) =>
        parts.ChainId.ToString(CultureInfo.InvariantCulture);
}
