using System.Text.Json;

namespace Koinon.Rpc.Requests;

/// <summary>Reads what <c>eth_simulateV1</c> is asked.</summary>
internal static class SimulationReader
{
    /// <summary>Reads a simulation.</summary>
    /// <returns>The request, and what is wrong with it or <see langword="null"/>.</returns>
    public static (SimulationRequest Value, string? Wrong) Read(JsonElement element)
    {
        ObjectReader reader = new(element);
        IReadOnlyList<SimulationBlock>? blocks = reader.List("blockStateCalls", ReadBlock);
        reader.Note("blockStateCalls", blocks is { Count: > 0 } ? null : "empty input: at least one block is expected");
        SimulationRequest request = new()
        {
            Blocks = blocks ?? [],
            TracesTransfers = reader.Flag("traceTransfers") ?? false,
            IsValidated = reader.Flag("validation") ?? false,
            WholeTransactions = reader.Flag("returnFullTransactions") ?? false,
        };
        return (request, reader.Wrong);
    }

    private static (SimulationBlock Value, string? Wrong) ReadBlock(JsonElement element)
    {
        ObjectReader reader = new(element);
        SimulationBlock block = new(
            reader.Value("blockOverrides", OverrideReader.ReadBlock) ?? BlockOverride.None,
            reader.Value("stateOverrides", OverrideReader.ReadState) ?? [],
            reader.List("calls", CallRequestReader.Read) ?? []);
        return (block, reader.Wrong);
    }
}
