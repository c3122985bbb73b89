using System.Text.Json;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Requests;

/// <summary>Reads which tracer a request wants, with the tracer's options.</summary>
internal static class TracerReader
{
    private const string MuxName = "muxTracer";
    private const string Eip3155Name = "eip3155Tracer";
    private const string Known =
        "4byteTracer, callTracer, eip3155Tracer, flatCallTracer, keccak256PreimageTracer, muxTracer, noopTracer, "
        + "opcodeCounter, prestateTracer";

    /// <summary>Geth's struct logger, which has no name.</summary>
    public static TracerChoice StructLogger(StructLogOptions options) =>
        new("", target => MakeStructLogger(target, options), IsStreamed: true);

    private static TransactionTracer MakeStructLogger(TraceTarget target, StructLogOptions options) =>
        target.IsPlain ? new PlainStructLogTracer(target, options) : new StructLogTracer(target, options);

    /// <summary>Reads the options of a tracer.</summary>
    /// <param name="name">The tracer's name.</param>
    /// <param name="config">Its options; anything but an object where there are none.</param>
    /// <returns>The tracer, and what is wrong or <see langword="null"/>.</returns>
    public static (TracerChoice? Value, string? Wrong) Read(string name, JsonElement config)
    {
        if (config.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined or JsonValueKind.Null))
        {
            return (null, "tracerConfig: not an object");
        }

        if (name == MuxName)
        {
            return ReadMux(config);
        }

        using JsonDocument none = JsonDocument.Parse("{}");
        ObjectReader reader = new(config.ValueKind == JsonValueKind.Object ? config : none.RootElement);
        TracerChoice? choice = ReadOptions(name, ref reader);
        return choice is null
            ? (null, $"tracer: {Shorten(name)} is not known; known are {Known}, and the struct logger without a name")
            : (choice, reader.Wrong is null ? null : $"tracerConfig: {reader.Wrong}");
    }

    private static TracerChoice? ReadOptions(string name, ref ObjectReader reader)
    {
        switch (name)
        {
            case "callTracer":
                bool onlyTopCall = reader.IsSet("onlyTopCall");
                bool withLog = reader.IsSet("withLog");
                return new TracerChoice(name, target => new CallFrameTracer(target, onlyTopCall, withLog));
            case "flatCallTracer":
                bool converts = reader.IsSet("convertParityErrors");
                bool includes = reader.IsSet("includePrecompiles");
                return new TracerChoice(name, target => new FlatCallTracer(target, converts, includes));
            case "prestateTracer":
                PrestateOptions options = ReadPrestate(ref reader);
                return new TracerChoice(name, target => new PrestateTracer(target, options));
            case Eip3155Name:
                bool withMemory = reader.IsSet("enableMemory");
                return new TracerChoice(name, target => new Eip3155StepTracer(target, withMemory), IsStreamed: true);
            case "4byteTracer":
                return new TracerChoice(name, static target => new FourByteTracer(target));
            case "noopTracer":
                return new TracerChoice(name, static target => new NoopTracer(target));
            case "opcodeCounter":
                return new TracerChoice(name, static target => new OpcodeCountTracer(target));
            case "keccak256PreimageTracer":
                return new TracerChoice(name, static target => new PreimageTracer(target));
            default:
                return null;
        }
    }

    private static PrestateOptions ReadPrestate(ref ObjectReader reader)
    {
        PrestateOptions options = new()
        {
            DiffMode = reader.IsSet("diffMode"),
            DisableCode = reader.IsSet("disableCode"),
            DisableStorage = reader.IsSet("disableStorage"),
            IncludeEmpty = reader.IsSet("includeEmpty"),
        };
        if (options is { DiffMode: true, IncludeEmpty: true })
        {
            reader.Note("includeEmpty", "cannot use diffMode with includeEmpty");
        }

        return options;
    }

    private static (TracerChoice? Value, string? Wrong) ReadMux(JsonElement config)
    {
        List<TracerChoice> choices = [];
        if (config.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in config.EnumerateObject())
            {
                (TracerChoice? choice, string? wrong) = Read(member.Name, member.Value);
                if (choice is null || wrong is not null)
                {
                    return (null, $"tracerConfig: {wrong}");
                }

                if (choice.IsStreamed)
                {
                    return (null, $"tracerConfig: {choice.Name} writes while it runs and cannot share a run");
                }

                choices.Add(choice);
            }
        }

        return (new TracerChoice(MuxName, target => new MuxTracer(target, choices)), null);
    }

    private static string Shorten(string name)
    {
        string shown = name.Length <= 60 ? name : name[..57] + "...";
        return name.Contains('{', StringComparison.Ordinal)
            ? $"JavaScript is not run, and \"{shown}\""
            : $"\"{shown}\"";
    }
}
