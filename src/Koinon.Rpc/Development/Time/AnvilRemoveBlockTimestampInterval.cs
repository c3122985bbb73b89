using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Time;

/// <summary>
/// <c>anvil_removeBlockTimestampInterval</c>: has blocks follow the clock again; answers whether they did not.
/// </summary>
/// <param name="clock">The clock of the chain.</param>
public sealed class AnvilRemoveBlockTimestampInterval(IDevelopmentClock clock) : RpcQuery<NoParameters, bool>
{
    /// <inheritdoc/>
    public override string Name => "anvil_removeBlockTimestampInterval";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_removeBlockTimestampInterval"];

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override RpcResult<bool> Answer(NoParameters parameters)
    {
        bool had = clock.Interval is not null;
        clock.Interval = null;
        return had;
    }
}
