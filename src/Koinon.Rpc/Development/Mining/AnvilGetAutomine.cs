using Koinon.Chain.Building;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Mining;

/// <summary><c>anvil_getAutomine</c>: whether a block is built for each transaction at once.</summary>
/// <param name="producer">The one writer of the chain.</param>
public sealed class AnvilGetAutomine(BlockProducer producer) : RpcQuery<NoParameters, bool>
{
    /// <inheritdoc/>
    public override string Name => "anvil_getAutomine";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_getAutomine"];

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override RpcResult<bool> Answer(NoParameters parameters) => producer.Mode.IsAutomatic;
}
