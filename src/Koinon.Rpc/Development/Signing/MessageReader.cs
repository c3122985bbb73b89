using System.Text;
using System.Text.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Development.Signing;

/// <summary>Reads messages that people sign: hex, or a plain text, as wallets send both.</summary>
internal static class MessageReader
{
    /// <summary>Reads a message.</summary>
    public static (ReadOnlyMemory<byte> Value, string? Wrong) Read(JsonElement element)
    {
        string? wrong = JsonValueReader.ReadData(element, out ReadOnlyMemory<byte> bytes);
        if (wrong is null || element.ValueKind != JsonValueKind.String)
        {
            return (bytes, wrong);
        }

        string text = element.GetString()!;
        return text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? (bytes, wrong)
            : (Encoding.UTF8.GetBytes(text), null);
    }

    /// <summary>Reads a text.</summary>
    public static (string? Value, string? Wrong) ReadText(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? (element.GetString(), null) : (null, "not a text");
}
