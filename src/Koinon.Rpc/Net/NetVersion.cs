using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Net;

/// <summary><c>net_version</c>: the network's number, as a decimal string.</summary>
/// <param name="networkId">The number; nearly always the chain id.</param>
public sealed class NetVersion(ulong networkId) : RpcQuery<NoParameters, string>
{
    private readonly string _answer = networkId.ToString();

    /// <inheritdoc/>
    public override string Name => "net_version";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["eth_networkId"];

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override RpcResult<string> Answer(NoParameters parameters) => _answer;
}
