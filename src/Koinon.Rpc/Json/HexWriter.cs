using System.Buffers;
using System.Text.Json;

namespace Koinon.Rpc.Json;

/// <summary>Writes bytes as JSON strings of hex digits.</summary>
internal static class HexWriter
{
    private const int OnTheStackMax = 256;

    /// <summary>Writes <c>"0x…"</c>.</summary>
    public static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> bytes)
    {
        int length = 2 + (2 * bytes.Length);
        byte[]? rented = length > OnTheStackMax ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> text = rented is null ? stackalloc byte[OnTheStackMax] : rented;
        "0x"u8.CopyTo(text);
        Convert.TryToHexStringLower(bytes, text[2..], out _);
        writer.WriteStringValue(text[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
