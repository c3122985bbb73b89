using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Web3;

/// <summary><c>web3_clientVersion</c>: which program answers; tools decide by it what they may ask.</summary>
/// <param name="version">A development chain's starts with <c>anvil/v</c>, a node's with <c>koinon/v</c>.</param>
public sealed class Web3ClientVersion(string version) : RpcQuery<NoParameters, string>
{
    /// <inheritdoc/>
    public override string Name => "web3_clientVersion";

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override RpcResult<string> Answer(NoParameters parameters) => version;
}
