using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Time;

/// <summary>
/// <c>evm_setTime</c>: sets the chain's time, in seconds or (what is above 10^12) milliseconds; answers by how many
/// seconds it went forward.
/// </summary>
/// <param name="clock">The clock of the chain.</param>
public sealed class EvmSetTime(IDevelopmentClock clock) : RpcQuery<ulong, long>
{
    private const ulong MillisecondsFrom = 1_000_000_000_000;

    /// <inheritdoc/>
    public override string Name => "evm_setTime";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["anvil_setTime", "hardhat_setTime"];

    /// <inheritdoc/>
    protected override ulong Read(ref ParameterReader reader) => reader.UInt64();

    /// <inheritdoc/>
    protected override RpcResult<long> Answer(ulong parameters)
    {
        ulong seconds = parameters > MillisecondsFrom ? parameters / 1_000 : parameters;
        long before = clock.Offset;
        return Math.Max(0, clock.Set(seconds) - before);
    }
}
