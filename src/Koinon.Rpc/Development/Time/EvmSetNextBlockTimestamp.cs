using System.Globalization;
using Koinon.Chain.Ledger;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Time;

/// <summary><c>evm_setNextBlockTimestamp</c>: sets the time of the next block; time goes on from there.</summary>
/// <param name="ledger">The chain.</param>
/// <param name="clock">The clock of the chain.</param>
/// <param name="manner">Hardhat answers with the time as a decimal text.</param>
public sealed class EvmSetNextBlockTimestamp(Ledger ledger, IDevelopmentClock clock, Manner manner)
    : RpcQuery<ulong, string>
{
    /// <inheritdoc/>
    public override string Name => "evm_setNextBlockTimestamp";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["anvil_setNextBlockTimestamp", "hardhat_setNextBlockTimestamp"];

    /// <inheritdoc/>
    protected override ulong Read(ref ParameterReader reader) => reader.UInt64();

    /// <inheritdoc/>
    protected override RpcResult<string> Answer(ulong parameters)
    {
        if (TimestampRule.Check(parameters, ledger.Head, manner) is { } error)
        {
            return error;
        }

        clock.SetNext(parameters);
        return new RpcResult<string>(
            manner == Manner.Hardhat ? parameters.ToString(CultureInfo.InvariantCulture) : null);
    }
}
