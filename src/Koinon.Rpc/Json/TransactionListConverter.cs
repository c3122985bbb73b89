using System.Text.Json;
using System.Text.Json.Serialization;
using Koinon.Primitives;

namespace Koinon.Rpc.Json;

/// <summary>Writes the transactions of a block.</summary>
internal sealed class TransactionListConverter : JsonConverter<TransactionList>
{
    public override TransactionList Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Requests are read by ParameterReader.");

    public override void Write(Utf8JsonWriter writer, TransactionList value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (TransactionJson transaction in value.Whole ?? [])
        {
            JsonSerializer.Serialize(writer, transaction, RpcJsonContext.Default.TransactionJson);
        }

        foreach (Hash256 hash in value.Hashes ?? [])
        {
            HexWriter.Write(writer, Hash256.AsSpan(in hash));
        }

        writer.WriteEndArray();
    }
}
