using System.Text.Json;
using Koinon.Primitives;

namespace Koinon.Rpc.Requests;

/// <summary>Reads the members of an object; keeps the first thing that is wrong, and its member's name.</summary>
internal ref struct ObjectReader(JsonElement element)
{
    /// <summary>What is wrong, or <see langword="null"/>.</summary>
    public string? Wrong { get; private set; } =
        element.ValueKind == JsonValueKind.Object ? null : "not an object";

    /// <summary>A member; <see langword="false"/> where it is missing or null, or something was wrong before.</summary>
    public readonly bool Has(string name, out JsonElement member)
    {
        member = default;
        return Wrong is null && element.TryGetProperty(name, out member) && member.ValueKind != JsonValueKind.Null;
    }

    /// <summary>Notes what is wrong with a member.</summary>
    public void Note(string name, string? wrong) => Wrong ??= wrong is null ? null : $"{name}: {wrong}";

    /// <summary>An address, or nothing.</summary>
    public Address? Address(string name)
    {
        if (!Has(name, out JsonElement member))
        {
            return null;
        }

        Note(name, JsonValueReader.ReadAddress(member, out Address value));
        return value;
    }

    /// <summary>A hash, or nothing.</summary>
    public Hash256? Hash(string name)
    {
        if (!Has(name, out JsonElement member))
        {
            return null;
        }

        Note(name, JsonValueReader.ReadHash(member, out Hash256 value));
        return value;
    }

    /// <summary>A number of up to 256 bits, or nothing.</summary>
    public UInt256? Quantity(string name)
    {
        if (!Has(name, out JsonElement member))
        {
            return null;
        }

        Note(name, JsonValueReader.ReadQuantity(member, out UInt256 value));
        return value;
    }

    /// <summary>A number of up to 64 bits, or nothing.</summary>
    public ulong? UInt64(string name)
    {
        if (!Has(name, out JsonElement member))
        {
            return null;
        }

        Note(name, JsonValueReader.ReadUInt64(member, out ulong value));
        return value;
    }

    /// <summary>Bytes, or nothing.</summary>
    public ReadOnlyMemory<byte>? Data(string name)
    {
        if (!Has(name, out JsonElement member))
        {
            return null;
        }

        Note(name, JsonValueReader.ReadData(member, out ReadOnlyMemory<byte> value));
        return value;
    }

    /// <summary>A block, or nothing.</summary>
    public BlockReference? Block(string name)
    {
        if (!Has(name, out JsonElement member))
        {
            return null;
        }

        Note(name, JsonValueReader.ReadBlock(member, out BlockReference value));
        return value;
    }
}
