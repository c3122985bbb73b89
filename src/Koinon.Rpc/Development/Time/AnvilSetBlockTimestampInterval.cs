using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Time;

/// <summary><c>anvil_setBlockTimestampInterval</c>: has each block come a fixed time after its parent.</summary>
/// <param name="clock">The clock of the chain.</param>
/// <param name="manner">Whose manners the chain has.</param>
public sealed class AnvilSetBlockTimestampInterval(IDevelopmentClock clock, Manner manner)
    : DevelopmentCommand<ulong>(manner)
{
    /// <inheritdoc/>
    public override string Name => "anvil_setBlockTimestampInterval";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_setBlockTimestampInterval"];

    /// <inheritdoc/>
    protected override ulong Read(ref ParameterReader reader) => reader.UInt64();

    /// <inheritdoc/>
    protected override ValueTask<RpcError?> DoAsync(ulong parameters, CancellationToken cancellation)
    {
        clock.Interval = parameters;
        return default;
    }
}
