using Koinon.Chain.Building;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Mining;

/// <summary>
/// <c>anvil_getIntervalMining</c>: the seconds between blocks that come by themselves; null where none do.
/// </summary>
/// <param name="producer">The one writer of the chain.</param>
public sealed class AnvilGetIntervalMining(BlockProducer producer) : RpcQuery<NoParameters, double?>
{
    /// <inheritdoc/>
    public override string Name => "anvil_getIntervalMining";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_getIntervalMining"];

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override RpcResult<double?> Answer(NoParameters parameters) =>
        new(producer.Mode.IsInterval ? producer.Mode.IntervalMin!.Value.TotalSeconds : null);
}
