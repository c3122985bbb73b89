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

    /// <summary>Notes what is wrong.</summary>
    public void Note(string? wrong) => Wrong ??= wrong;

    /// <summary>Whether a flag is there and true.</summary>
    public bool IsSet(string name) => Flag(name) ?? false;

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

    /// <summary>An address, or nothing; an empty string stands for none, as some wallets send it.</summary>
    public Address? AddressOrNone(string name) =>
        Has(name, out JsonElement member) && member.ValueKind == JsonValueKind.String
        && (member.ValueEquals(""u8) || member.ValueEquals("0x"u8))
            ? null
            : Address(name);

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

    /// <summary>A word that may come short, or nothing.</summary>
    public Hash256? Word(string name) => Quantity(name) is { } word ? Hash256.FromWord(word) : null;

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

    /// <summary>True or false, or nothing.</summary>
    public bool? Flag(string name)
    {
        if (!Has(name, out JsonElement member))
        {
            return null;
        }

        Note(name, JsonValueReader.ReadFlag(member, out bool value));
        return value;
    }

    /// <summary>A value that a shape reads itself, or nothing.</summary>
    public T? Value<T>(string name, Func<JsonElement, (T Value, string? Wrong)> read)
    {
        if (!Has(name, out JsonElement member))
        {
            return default;
        }

        (T value, string? wrong) = read(member);
        Note(name, wrong);
        return value;
    }

    /// <summary>A list, or nothing; what is wrong is noted with the item's place.</summary>
    public IReadOnlyList<T>? List<T>(string name, Func<JsonElement, (T Value, string? Wrong)> read)
    {
        if (!Has(name, out JsonElement member))
        {
            return null;
        }

        if (member.ValueKind != JsonValueKind.Array)
        {
            Note(name, "not an array");
            return null;
        }

        List<T> items = new(member.GetArrayLength());
        foreach (JsonElement element in member.EnumerateArray())
        {
            (T item, string? wrong) = read(element);
            Note($"{name}[{items.Count}]", wrong);
            items.Add(item);
        }

        return items;
    }
}
