using System.Text.Json;
using System.Text.Json.Serialization;

namespace Koinon.Rpc.Json;

/// <summary>Writes bytes.</summary>
internal sealed class HexDataConverter : JsonConverter<HexData>
{
    public override HexData Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Requests are read by ParameterReader.");

    public override void Write(Utf8JsonWriter writer, HexData value, JsonSerializerOptions options) =>
        HexWriter.Write(writer, value.Bytes.Span);
}
