using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Trace;

/// <summary>Answers that say that there is nothing.</summary>
internal static class EmptyAnswers
{
    /// <summary><c>null</c>.</summary>
    public static RpcStreamBody Null { get; } = static stream =>
    {
        stream.Json.WriteNullValue();
        return null;
    };

    /// <summary>An empty list.</summary>
    public static RpcStreamBody List { get; } = static stream =>
    {
        stream.Json.WriteStartArray();
        stream.Json.WriteEndArray();
        return null;
    };
}
