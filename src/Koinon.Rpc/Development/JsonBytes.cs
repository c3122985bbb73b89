using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Development;

/// <summary>JSON values as the bytes of their text.</summary>
internal static class JsonBytes
{
    /// <summary>The text of a value in UTF-8, as answers are written.</summary>
    public static ReadOnlyMemory<byte> Of(JsonNode node)
    {
        ArrayBufferWriter<byte> bytes = new();
        using Utf8JsonWriter writer = new(bytes, RpcJson.WriterOptions);
        node.WriteTo(writer);
        writer.Flush();
        return bytes.WrittenMemory;
    }
}
