using System.Text.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Development.Mining;

/// <summary>What <c>evm_mine</c> is asked for.</summary>
/// <param name="Timestamp">The time of the first block.</param>
/// <param name="Blocks">How many blocks.</param>
public sealed record MineRequest(ulong? Timestamp, ulong Blocks = 1)
{
    /// <summary>Reads a time, or <c>{timestamp, blocks}</c>.</summary>
    internal static (MineRequest? Value, string? Wrong) Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            (ulong? timestamp, string? wrong) = NumberReader.Number(element);

            // Hardhat's "no time" is 0.
            return (new MineRequest(timestamp == 0 ? null : timestamp), wrong);
        }

        ObjectReader reader = new(element);
        ulong? time = reader.UInt64("timestamp");
        ulong? blocks = reader.UInt64("blocks");
        return (new MineRequest(time, blocks ?? 1), reader.Wrong);
    }
}
