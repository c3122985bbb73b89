using System.Text.Json;
using Koinon.Chain.Building;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Mining;

/// <summary>
/// <c>evm_setIntervalMining</c>: builds blocks at a pace, in seconds in anvil's manner, in milliseconds in Hardhat's; 0
/// ends it.
/// </summary>
/// <param name="producer">The one writer of the chain.</param>
/// <param name="manner">In anvil's manner blocks then come in no other way.</param>
public sealed class EvmSetIntervalMining(BlockProducer producer, Manner manner)
    : DevelopmentCommand<(double Least, double Most)>(manner)
{
    /// <summary>The longest pace, in whichever unit: what a timer can wait for.</summary>
    private const double LongestMilliseconds = int.MaxValue;

    /// <inheritdoc/>
    public override string Name => "evm_setIntervalMining";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["anvil_setIntervalMining", "hardhat_setIntervalMining"];

    /// <inheritdoc/>
    protected override (double Least, double Most) Read(ref ParameterReader reader) => reader.Required(ReadRange);

    /// <inheritdoc/>
    protected override ValueTask<RpcError?> DoAsync(
        (double Least, double Most) parameters, CancellationToken cancellation)
    {
        bool isAnvil = Manner == Manner.Anvil;
        double unit = isAnvil ? 1_000 : 1;
        if (parameters.Most * unit > LongestMilliseconds)
        {
            RpcError error = RpcError.InvalidParameters(
                $"invalid argument 0: at most {LongestMilliseconds / unit} {(isAnvil ? "seconds" : "milliseconds")}");
            return new ValueTask<RpcError?>(error);
        }

        MiningMode before = producer.Mode;
        bool isAutomatic = !isAnvil && before.IsAutomatic;
        producer.SetMode(parameters.Most == 0
            ? new MiningMode(isAutomatic)
            : new MiningMode(
                isAutomatic,
                TimeSpan.FromMilliseconds(parameters.Least * unit),
                TimeSpan.FromMilliseconds(parameters.Most * unit)));
        return default;
    }

    private static ((double Least, double Most) Value, string? Wrong) ReadRange(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            (double one, string? wrongOne) = ReadTime(element);
            return ((one, one), wrongOne);
        }

        if (element.GetArrayLength() != 2)
        {
            return (default, "not a range: two numbers are expected");
        }

        (double least, string? wrong) = ReadTime(element[0]);
        (double most, string? wrongMost) = ReadTime(element[1]);
        wrong ??= wrongMost ?? (least > most ? "not a range: the first is above the second" : null);
        return ((Math.Max(least, 1), most), wrong);
    }

    private static (double Value, string? Wrong) ReadTime(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double fraction) && fraction >= 0)
        {
            return (fraction, null);
        }

        (ulong? whole, string? wrong) = NumberReader.Number(element);
        return (whole ?? 0, wrong);
    }
}
