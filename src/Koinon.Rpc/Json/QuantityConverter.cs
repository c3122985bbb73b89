using System.Text.Json;
using System.Text.Json.Serialization;

namespace Koinon.Rpc.Json;

/// <summary>Writes quantities.</summary>
internal sealed class QuantityConverter : JsonConverter<Quantity>
{
    /// <summary>Two for <c>0x</c>, 64 digits.</summary>
    private const int LengthMax = 66;

    public override Quantity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Requests are read by ParameterReader.");

    public override void Write(Utf8JsonWriter writer, Quantity value, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[LengthMax];
        value.Value.TryFormat(text, out int length, "x", null);
        writer.WriteStringValue(text[..length]);
    }
}
