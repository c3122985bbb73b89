using System.Globalization;
using System.Text.Json.Nodes;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Time;

/// <summary><c>evm_increaseTime</c>: moves the chain's time forward; answers the whole offset in seconds.</summary>
/// <param name="clock">The clock of the chain.</param>
/// <param name="manner">The offset is a number in anvil's manner, a decimal text in Hardhat's.</param>
public sealed class EvmIncreaseTime(IDevelopmentClock clock, Manner manner) : RpcQuery<ulong, JsonNode>
{
    /// <inheritdoc/>
    public override string Name => "evm_increaseTime";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["anvil_increaseTime", "hardhat_increaseTime"];

    /// <inheritdoc/>
    protected override ulong Read(ref ParameterReader reader) => reader.UInt64();

    /// <inheritdoc/>
    protected override RpcResult<JsonNode> Answer(ulong parameters)
    {
        long offset = clock.Increase(parameters);
        JsonNode answer = manner == Manner.Hardhat
            ? JsonValue.Create(offset.ToString(CultureInfo.InvariantCulture))
            : JsonValue.Create(offset);
        return answer;
    }
}
