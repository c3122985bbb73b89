using System.Text.Json;
using Koinon.Primitives;

namespace Koinon.Rpc.Json;

/// <summary>Writes the values of the wire as members of an object that is written by hand.</summary>
internal static class JsonWriterExtensions
{
    /// <summary>Two for <c>0x</c>, 64 digits.</summary>
    private const int QuantityLengthMax = 66;

    /// <summary>A number: <c>0x</c> and hex digits without leading zeros.</summary>
    public static void WriteQuantity(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, in UInt256 value)
    {
        writer.WritePropertyName(name);
        writer.WriteQuantityValue(value);
    }

    /// <summary>A number as a value of its own.</summary>
    public static void WriteQuantityValue(this Utf8JsonWriter writer, in UInt256 value)
    {
        Span<char> text = stackalloc char[QuantityLengthMax];
        value.TryFormat(text, out int length, "x", null);
        writer.WriteStringValue(text[..length]);
    }

    /// <summary>Bytes.</summary>
    public static void WriteData(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, ReadOnlySpan<byte> bytes)
    {
        writer.WritePropertyName(name);
        HexWriter.Write(writer, bytes);
    }

    /// <summary>An address.</summary>
    public static void WriteAddress(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, in Address address) =>
        writer.WriteData(name, Address.AsSpan(in address));

    /// <summary>A hash.</summary>
    public static void WriteHash(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, in Hash256 hash) =>
        writer.WriteData(name, Hash256.AsSpan(in hash));

    /// <summary>A name of 20 bytes, as the maps of accounts have it.</summary>
    public static void WriteAddressName(this Utf8JsonWriter writer, in Address address) =>
        writer.WriteHexName(Address.AsSpan(in address));

    /// <summary>A word with all its digits.</summary>
    public static void WriteWordValue(this Utf8JsonWriter writer, in UInt256 word)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        word.WriteBigEndian(bytes);
        HexWriter.Write(writer, bytes);
    }

    /// <summary>A name of 32 bytes, as the maps of slots have it.</summary>
    public static void WriteWordName(this Utf8JsonWriter writer, in UInt256 word)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        word.WriteBigEndian(bytes);
        writer.WriteHexName(bytes);
    }

    private static void WriteHexName(this Utf8JsonWriter writer, ReadOnlySpan<byte> bytes)
    {
        Span<byte> text = stackalloc byte[QuantityLengthMax];
        "0x"u8.CopyTo(text);
        Convert.TryToHexStringLower(bytes, text[2..], out int written);
        writer.WritePropertyName(text[..(2 + written)]);
    }
}
