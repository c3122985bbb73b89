using System.Text.Json;

namespace Koinon.Rpc.Requests;

/// <summary>Reads the configuration of a tracer.</summary>
internal static class TraceRequestReader
{
    /// <summary>Reads a configuration; members it does not know are ignored.</summary>
    /// <returns>The request, and what is wrong with it or <see langword="null"/>.</returns>
    public static (TraceRequest? Value, string? Wrong) Read(JsonElement element)
    {
        ObjectReader reader = new(element);
        string? tracer = null;
        if (reader.Has("tracer", out JsonElement name))
        {
            reader.Note("tracer", name.ValueKind == JsonValueKind.String ? null : "not a string");
            tracer = name.ValueKind == JsonValueKind.String ? name.GetString() : null;
        }

        bool onlyTopCall = false;
        bool withLog = false;
        if (reader.Has("tracerConfig", out JsonElement config))
        {
            ObjectReader options = new(config);
            onlyTopCall = ReadFlag(ref options, "onlyTopCall");
            withLog = ReadFlag(ref options, "withLog");
            reader.Note("tracerConfig", options.Wrong);
        }

        return (new TraceRequest { Tracer = tracer, OnlyTopCall = onlyTopCall, WithLog = withLog }, reader.Wrong);
    }

    private static bool ReadFlag(ref ObjectReader options, string name)
    {
        if (!options.Has(name, out JsonElement member))
        {
            return false;
        }

        options.Note(name, JsonValueReader.ReadFlag(member, out bool value));
        return value;
    }
}
