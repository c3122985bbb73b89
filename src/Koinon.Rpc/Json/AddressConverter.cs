using System.Text.Json;
using System.Text.Json.Serialization;
using Koinon.Primitives;

namespace Koinon.Rpc.Json;

/// <summary>Writes addresses, in lower case as geth does.</summary>
internal sealed class AddressConverter : JsonConverter<Address>
{
    public override Address Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Requests are read by ParameterReader.");

    public override void Write(Utf8JsonWriter writer, Address value, JsonSerializerOptions options)
    {
        Span<byte> bytes = stackalloc byte[Address.Size];
        value.CopyTo(bytes);
        HexWriter.Write(writer, bytes);
    }
}
