using System.Text.Json;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Requests;

/// <summary>Reads what a replay is to show.</summary>
internal static class TraceTypesReader
{
    /// <summary>Reads an array of names.</summary>
    public static (TraceTypes Value, string? Wrong) Read(JsonElement element)
    {
        TraceTypes types = TraceTypes.None;
        if (element.ValueKind != JsonValueKind.Array)
        {
            return (types, "not an array of trace, stateDiff and vmTrace");
        }

        foreach (JsonElement item in element.EnumerateArray())
        {
            TraceTypes? type = item.ValueKind != JsonValueKind.String ? null : item.GetString() switch
            {
                "trace" => TraceTypes.Trace,
                "stateDiff" => TraceTypes.StateDiff,
                "vmTrace" => TraceTypes.VmTrace,
                _ => null,
            };
            if (type is null)
            {
                return (types, "not a type of trace: trace, stateDiff and vmTrace are known");
            }

            types |= type.Value;
        }

        return (types, null);
    }
}
