using System.Text.Encodings.Web;
using System.Text.Json;

namespace Koinon.Rpc.Json;

/// <summary>How answers are written.</summary>
internal static class RpcJson
{
    /// <summary>No white space; nothing escaped that JSON itself does not ask for.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };
}
