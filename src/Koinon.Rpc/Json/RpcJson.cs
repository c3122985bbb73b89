using System.Text.Encodings.Web;
using System.Text.Json;

namespace Koinon.Rpc.Json;

/// <summary>How answers are written.</summary>
internal static class RpcJson
{
    /// <summary>Deepest nesting of an answer: a trace of calls nested 1,024 deep takes two levels for each.</summary>
    public const int DepthMax = 2_100;

    /// <summary>No white space; nothing escaped that JSON itself does not ask for.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = DepthMax,
        SkipValidation = true,
    };
}
