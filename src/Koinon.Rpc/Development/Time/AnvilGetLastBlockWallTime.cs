using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Time;

/// <summary>
/// <c>anvil_getLastBlockWallTime</c>: when, by the system's time in seconds, the last block was made; null before the
/// first one.
/// </summary>
/// <param name="clock">The clock of the chain.</param>
public sealed class AnvilGetLastBlockWallTime(IDevelopmentClock clock) : RpcQuery<NoParameters, ulong?>
{
    /// <inheritdoc/>
    public override string Name => "anvil_getLastBlockWallTime";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_getLastBlockWallTime"];

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override RpcResult<ulong?> Answer(NoParameters parameters) =>
        new((ulong?)clock.LastMade?.ToUnixTimeSeconds());
}
