using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_protocolVersion</c>: a relic; the answer is the number 1, as anvil has it.</summary>
public sealed class EthProtocolVersion : RpcQuery<NoParameters, ulong>
{
    /// <inheritdoc/>
    public override string Name => "eth_protocolVersion";

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override RpcResult<ulong> Answer(NoParameters parameters) => 1ul;
}
