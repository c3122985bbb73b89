using System.Text.Json;
using System.Text.Json.Serialization;
using Koinon.Primitives;

namespace Koinon.Rpc.Json;

/// <summary>Writes hashes.</summary>
internal sealed class Hash256Converter : JsonConverter<Hash256>
{
    public override Hash256 Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Requests are read by ParameterReader.");

    public override void Write(Utf8JsonWriter writer, Hash256 value, JsonSerializerOptions options) =>
        HexWriter.Write(writer, Hash256.AsSpan(in value));
}
