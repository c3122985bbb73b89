using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Koinon.Chain.Ledger;

namespace Koinon.Rpc.Tests.Tracing;

public sealed class TracePropertyTests
{
    private const ulong GasLimit = 400_000;
    private static readonly int Runs = Environment.GetEnvironmentVariable("KOINON_SOAK") == "1" ? 2_000 : 60;

    private static readonly string[] Tracers =
    [
        "", "callTracer", "prestateTracer", "4byteTracer", "flatCallTracer", "opcodeCounter", "eip3155Tracer",
        "keccak256PreimageTracer",
    ];

    [Fact]
    public void Tracing_OfAnyProgram_ChangesNoOutcome() => Check(async (chain, found) =>
    {
        string hash = found.Transaction.Hash.ToString();
        foreach (string tracer in Tracers)
        {
            await chain.AskAsync("debug_traceTransaction", $$"""["{{hash}}",{"tracer":"{{tracer}}"}]""");
        }

        JsonElement logs = await chain.AskAsync("debug_traceTransaction", $"""["{hash}"]""");
        JsonElement calls = await chain.AskAsync(
            "debug_traceTransaction", $$"""["{{hash}}",{"tracer":"callTracer","tracerConfig":{"withLog":true} }]""");
        Assert.Equal(found.GasUsed, logs.GetProperty("gas").GetUInt64());
        Assert.Equal(found.GasUsed, Number(calls, "gasUsed"));
        Assert.Equal(found.Receipt.Succeeded, !logs.GetProperty("failed").GetBoolean());
        Assert.Equal(found.Receipt.Succeeded, !calls.TryGetProperty("error", out _));
        Assert.Equal(found.Receipt.Logs.Count, LogsIn(calls));
    });

    [Fact]
    public void Frames_OfAnyProgram_AddUp() => Check(async (chain, found) =>
    {
        JsonElement calls = await chain.AskAsync(
            "debug_traceTransaction", $$"""["{{found.Transaction.Hash}}",{"tracer":"callTracer"}]""");
        AddUp(calls, isFirst: true);
    });

    [Fact]
    public void FlatAndNested_OfAnyProgram_Agree() => Check(async (chain, found) =>
    {
        string hash = found.Transaction.Hash.ToString();
        JsonElement nested = await chain.AskAsync(
            "debug_traceTransaction", $$"""["{{hash}}",{"tracer":"callTracer"}]""");
        JsonElement flat = await chain.AskAsync(
            "debug_traceTransaction",
            $$"""["{{hash}}",{"tracer":"flatCallTracer","tracerConfig":{"includePrecompiles":true} }]""");
        List<string> expected = [];
        Flatten(nested, "", expected);
        Assert.Equal(expected, flat.EnumerateArray().Select(Describe));
        JsonElement replay = await chain.AskAsync("trace_replayTransaction", $$"""["{{hash}}",["trace"]]""");
        JsonElement localized = await chain.AskAsync("trace_transaction", $"""["{hash}"]""");
        Assert.Equal(
            localized.EnumerateArray().Select(Describe), replay.GetProperty("trace").EnumerateArray().Select(Describe));
    });

    [Fact]
    public void Steps_OfAnyProgram_LeadToTheReceiptsGas() => Check(async (chain, found) =>
    {
        JsonElement trace = await chain.AskAsync(
            "debug_traceTransaction", $"""["{found.Transaction.Hash}"]""");
        JsonElement last = trace.GetProperty("structLogs").EnumerateArray().LastOrDefault();
        if (last.ValueKind == JsonValueKind.Undefined)
        {
            return;
        }

        Assert.Equal(1, last.GetProperty("depth").GetInt32());
        bool returns = last.GetProperty("op").GetString() is "STOP" or "RETURN" or "REVERT" or "SELFDESTRUCT"
            && !last.TryGetProperty("error", out _);
        long left = last.GetProperty("gas").GetInt64() - last.GetProperty("gasCost").GetInt64();
        ulong used = GasLimit - (returns ? (ulong)left : 0);
        ulong refund = last.TryGetProperty("refund", out JsonElement gathered) && found.Receipt.Succeeded == true
            ? Math.Min(gathered.GetUInt64(), used / 5)
            : 0;

        // SELFDESTRUCT gives nothing back any more, and nothing else changes the refund in a last step.
        Assert.Equal(used - refund, found.GasUsed);
    });

    [Fact]
    public void StateDifference_OfAnyProgram_LeadsFromPreToPost() => Check(async (chain, found) =>
    {
        string hash = found.Transaction.Hash.ToString();
        JsonElement difference = await chain.AskAsync(
            "debug_traceTransaction",
            $$"""["{{hash}}",{"tracer":"prestateTracer","tracerConfig":{"diffMode":true} }]""");
        foreach (JsonProperty account in difference.GetProperty("post").EnumerateObject())
        {
            if (account.Value.TryGetProperty("balance", out JsonElement balance))
            {
                JsonElement now = await chain.AskAsync("eth_getBalance", $$"""["{{account.Name}}"]""");
                Assert.Equal(now.GetString(), balance.GetString());
            }

            if (account.Value.TryGetProperty("storage", out JsonElement slots))
            {
                foreach (JsonProperty slot in slots.EnumerateObject())
                {
                    JsonElement now = await chain.AskAsync(
                        "eth_getStorageAt", $$"""["{{account.Name}}","{{slot.Name}}"]""");
                    Assert.Equal(now.GetString(), slot.Value.GetString());
                }
            }
        }

        await chain.AskAsync("trace_replayTransaction", $$"""["{{hash}}",["stateDiff","vmTrace"]]""");
    });

    private static void Check(Func<TraceChain, LedgerTransaction, Task> holds)
    {
        Gen<byte[]> program = ArbMap.Default.GeneratorFor<byte>().ArrayOf(12);
        Gen<byte[][]> programs = program.ArrayOf(3);
        Prop.ForAll(programs.ToArbitrary(), async seeds =>
        {
            using TraceChain chain = new(
                Programs.OfSeeds(seeds[0]), Programs.OfSeeds(seeds[1]), Programs.OfSeeds(seeds[2]));
            chain.Mine(TraceChain.Second, GasLimit);
            await holds(chain, chain.Mine(TraceChain.First, GasLimit, [1, 2, 3, 4, 5], 9u));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Runs));
    }

    private static void AddUp(JsonElement frame, bool isFirst)
    {
        ulong inside = 0;
        foreach (JsonElement call in CallsOf(frame))
        {
            inside += Number(call, "gasUsed");
            AddUp(call, isFirst: false);
        }

        Assert.True(Number(frame, "gasUsed") <= Number(frame, "gas"), frame.GetRawText());

        // The first frame's figure is the receipt's, which refunds make smaller.
        Assert.True(isFirst || inside <= Number(frame, "gasUsed"), frame.GetRawText());
        bool isLost = frame.TryGetProperty("error", out JsonElement error)
            && error.GetString() is not ("execution reverted" or "insufficient balance for transfer"
                or "max call depth exceeded");
        Assert.True(!isLost || Number(frame, "gasUsed") == Number(frame, "gas"), frame.GetRawText());
    }

    private static void Flatten(JsonElement frame, string address, List<string> list)
    {
        string type = frame.GetProperty("type").GetString()!.ToLowerInvariant();
        string to = frame.TryGetProperty("to", out JsonElement recipient) ? recipient.GetString()! : "";
        string error = frame.TryGetProperty("error", out JsonElement failure) ? failure.GetString()! : "";
        list.Add(type == "selfdestruct"
            ? $"{address}:suicide {frame.GetProperty("from").GetString()} {to}"
            : $"{address}:{type} {frame.GetProperty("from").GetString()} {to} {frame.GetProperty("gas").GetString()} "
                + $"{frame.GetProperty("input").GetString()} {error}");
        int index = 0;
        foreach (JsonElement call in CallsOf(frame))
        {
            Flatten(call, $"{address}/{index++}", list);
        }
    }

    private static string Describe(JsonElement item)
    {
        string address = string.Concat(item.GetProperty("traceAddress").EnumerateArray()
            .Select(static number => $"/{number.GetInt32()}"));
        JsonElement action = item.GetProperty("action");
        if (item.GetProperty("type").GetString() == "suicide")
        {
            return $"{address}:suicide {action.GetProperty("address").GetString()} "
                + action.GetProperty("refundAddress").GetString();
        }

        bool isCreation = item.GetProperty("type").GetString() == "create";
        string type = action.GetProperty(isCreation ? "creationMethod" : "callType").GetString()!;
        string error = item.TryGetProperty("error", out JsonElement failure) ? failure.GetString()! : "";
        bool isMade = isCreation && error.Length == 0;
        string to = isMade ? item.GetProperty("result").GetProperty("address").GetString()!
            : isCreation ? ""
            : action.GetProperty("to").GetString()!;
        return $"{address}:{type} {action.GetProperty("from").GetString()} {to} "
            + $"{action.GetProperty("gas").GetString()} "
            + $"{action.GetProperty(isCreation ? "init" : "input").GetString()} {error}";
    }

    private static JsonElement.ArrayEnumerator CallsOf(JsonElement frame) =>
        frame.TryGetProperty("calls", out JsonElement calls) ? calls.EnumerateArray() : default;

    private static int LogsIn(JsonElement frame) =>
        (frame.TryGetProperty("logs", out JsonElement logs) ? logs.GetArrayLength() : 0)
        + CallsOf(frame).Sum(LogsIn);

    private static ulong Number(JsonElement frame, string name) =>
        ulong.Parse(frame.GetProperty(name).GetString()![2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
