using System.Text.Json;
using Koinon.Evm;
using Koinon.Evm.Forks;
using Koinon.Primitives;
using Koinon.State;

namespace Koinon.Cli.Commands;

/// <summary><c>koinon evm run --cases</c>: every case of a file, its gas and answer compared, its times
/// printed.</summary>
internal static class EvmCaseRun
{
    private const int SomethingDiffers = 1;
    private const int RunsMin = 10;
    private const int RunsMax = 1_000;
    private const double MillisecondsPerCase = 1_000;

    /// <summary>Runs a file.</summary>
    /// <param name="file">The cases.</param>
    /// <param name="json">Where the figures go as well, if anywhere.</param>
    /// <returns>The exit code: 1 where a case differs, 2 where the file cannot be read.</returns>
    internal static int Run(FileInfo file, FileInfo? json)
    {
        if (!file.Exists)
        {
            return EvmRunCommand.Refuse($"there is no file {file.FullName}: check the path given by --cases.");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file.FullName));
            return Run(document.RootElement, json);
        }
        catch (Exception exception) when (exception is
            IOException or UnauthorizedAccessException or JsonException or FormatException or KeyNotFoundException or
            InvalidOperationException)
        {
            return EvmRunCommand.Refuse($"{file.Name} cannot be read as a file of cases: {exception.Message}");
        }
    }

    private static int Run(JsonElement root, FileInfo? json)
    {
        string forkName = root.GetProperty("fork").GetString() ?? "";
        if (!EvmRunCommand.TryFindFork(forkName, out Fork fork))
        {
            return 2;
        }

        Address caller = Address.Parse(root.GetProperty("caller").GetString());
        Address contract = Address.Parse(root.GetProperty("address").GetString());
        long gas = root.GetProperty("gas").GetInt64();
        ExecutionResources.Prepare();
        using var resources = new ExecutionResources();
        var executor = new TransactionExecutor(resources);
        var results = new List<(EvmCase Case, EvmMeasurement Measured)>();
        int differing = 0;
        Console.WriteLine($"{"case",-34}{"least ms",12}{"median ms",12}{"first ms",12}{"Mgas/s",10}");
        foreach (JsonElement element in root.GetProperty("cases").EnumerateArray())
        {
            EvmCase item = EvmCase.Read(element);
            WorldState state = WorldState.Empty.Apply(item.StateFor(contract));
            var message = new Message
            {
                Caller = caller,
                Origin = caller,
                Target = contract,
                Gas = gas,
                Input = item.Input,
            };
            EvmMeasurement measured = EvmMeasurement.Take(
                executor, fork, state, message, RunsMin, RunsMax, MillisecondsPerCase);
            results.Add((item, measured));
            differing += Report(item, measured) ? 0 : 1;
        }

        Console.WriteLine($"{results.Count - differing} passed, {differing} failed, 0 skipped");
        if (json is not null)
        {
            Write(json, results);
        }

        return differing == 0 ? 0 : SomethingDiffers;
    }

    private static bool Report(EvmCase item, EvmMeasurement measured)
    {
        CallOutcome outcome = measured.Outcome;
        double speed = outcome.GasUsed / measured.Least / 1_000;
        Console.WriteLine(
            $"{item.Name,-34}{measured.Least,12:F3}{measured.Median,12:F3}{measured.First,12:F3}{speed,10:N0}");
        ReadOnlySpan<byte> returned = outcome.ReturnData.Span;
        bool sameAnswer = item.IsWhole ? returned.SequenceEqual(item.Returns) : returned.StartsWith(item.Returns);
        if (outcome.GasUsed != item.GasUsed)
        {
            Console.WriteLine($"  gas {outcome.GasUsed}, expected {item.GasUsed} ({HaltReasonText.Of(outcome.Halt)})");
        }

        if (!sameAnswer)
        {
            Console.WriteLine($"  returned {Hex.Encode(returned)}, expected {Hex.Encode(item.Returns)}");
        }

        return sameAnswer && outcome.GasUsed == item.GasUsed;
    }

    private static void Write(FileInfo file, List<(EvmCase Case, EvmMeasurement Measured)> results)
    {
        using FileStream stream = file.Create();
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        writer.WriteStartArray();
        foreach ((EvmCase item, EvmMeasurement measured) in results)
        {
            writer.WriteStartObject();
            writer.WriteString("name", item.Name);
            writer.WriteNumber("milliseconds", measured.Least);
            writer.WriteNumber("firstMilliseconds", measured.First);
            writer.WriteNumber("gasUsed", measured.Outcome.GasUsed);
            writer.WriteString("returns", Hex.Encode(measured.Outcome.ReturnData.Span));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
