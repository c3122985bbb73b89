using System.Text.Json;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Requests;

/// <summary>Reads how a run is to be traced.</summary>
internal static class TraceRequestReader
{
    /// <summary>Reads the object of a request.</summary>
    /// <returns>The request, and what is wrong with it or <see langword="null"/>.</returns>
    public static (TraceRequest Value, string? Wrong) Read(JsonElement element)
    {
        ObjectReader reader = new(element);
        TracerChoice? tracer = ReadTracer(ref reader);
        TraceRequest request = new()
        {
            Tracer = tracer ?? TraceRequest.Default.Tracer,
            Timeout = ReadTimeout(ref reader),
            TransactionIndex = reader.UInt64("txIndex"),
            Accounts = reader.Value("stateOverrides", OverrideReader.ReadState),
            Block = reader.Value("blockOverrides", OverrideReader.ReadBlock),
        };

        // How far geth is to go back for a state; every state that is kept is at hand.
        reader.UInt64("reexec");
        return (request, reader.Wrong);
    }

    private static TracerChoice? ReadTracer(ref ObjectReader reader)
    {
        if (reader.Has("tracer", out JsonElement name) && name.ValueKind != JsonValueKind.String)
        {
            reader.Note("tracer", "not a string");
        }
        else if (name.ValueKind == JsonValueKind.String && name.GetString() is { Length: > 0 } asked)
        {
            reader.Has("tracerConfig", out JsonElement config);
            (TracerChoice? choice, string? wrong) = TracerReader.Read(asked, config);
            reader.Note(wrong);
            return choice;
        }

        bool disablesMemory = !reader.Has("disableMemory", out _) || reader.IsSet("disableMemory");
        return TracerReader.StructLogger(new StructLogOptions
        {
            DisableStack = reader.IsSet("disableStack"),
            DisableStorage = reader.IsSet("disableStorage"),
            EnableMemory = reader.IsSet("enableMemory") || !disablesMemory,
            RefusesMemory = reader.IsSet("disableMemory"),
            EnableReturnData = reader.IsSet("enableReturnData"),
            Limit = reader.UInt64("limit") ?? 0,
        });
    }

    private static TimeSpan? ReadTimeout(ref ObjectReader reader)
    {
        if (!reader.Has("timeout", out JsonElement member))
        {
            return null;
        }

        if (member.ValueKind == JsonValueKind.String && GoDuration.TryParse(member.GetString(), out TimeSpan time))
        {
            return time;
        }

        reader.Note("timeout", "not a time: numbers with the units h, m, s, ms, us and ns are expected, such as 10s");
        return null;
    }
}
