using System.Text.Json;
using System.Text.Json.Serialization;

namespace Koinon.Rpc.Json;

/// <summary>Writes values whose text is there already.</summary>
internal sealed class RawJsonConverter : JsonConverter<RawJson>
{
    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Requests are read by ParameterReader.");

    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options)
    {
        if (value.Text.IsEmpty)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteRawValue(value.Text.Span, skipInputValidation: true);
        }
    }
}
