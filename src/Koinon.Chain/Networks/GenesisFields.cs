using System.Text.Json;
using Koinon.Primitives;

namespace Koinon.Chain.Networks;

/// <summary>Reads fields of a JSON object in the forms that genesis files use, and keeps the first fault.</summary>
/// <param name="element">The object.</param>
/// <param name="path">Where it stands, with a dot at the end; empty for the root.</param>
/// <param name="faults">Receives the first fault.</param>
internal readonly struct GenesisFields(JsonElement element, string path, GenesisFaults faults)
{
    /// <summary>The object's own fields.</summary>
    public JsonElement Element => element;

    /// <summary>Whether a field is there and not null.</summary>
    public bool Has(string name) => TryFind(name, out _);

    /// <summary>An object in a field; an empty one where it is absent.</summary>
    public GenesisFields Object(string name, bool required = false)
    {
        if (!TryFind(name, out JsonElement value))
        {
            if (required)
            {
                faults.Add(GenesisErrorReason.Missing, path + name, "an object is expected");
            }

            return new GenesisFields(default, $"{path}{name}.", faults);
        }

        return Nested(value, path + name);
    }

    /// <summary>The objects that are this one's fields, by name.</summary>
    public IEnumerable<(string Name, GenesisFields Fields)> Objects()
    {
        foreach (JsonProperty property in Properties())
        {
            yield return (property.Name, Nested(property.Value, path + property.Name));
        }
    }

    /// <summary>The fields of this object.</summary>
    public JsonElement.ObjectEnumerator Properties() =>
        element.ValueKind == JsonValueKind.Object ? element.EnumerateObject() : default;

    /// <summary>A number of 256 bits; <see langword="null"/> where the field is absent.</summary>
    public UInt256? Number(string name, bool required = false)
    {
        if (TryFind(name, out JsonElement value))
        {
            return ParseNumber(value, path + name);
        }

        if (required)
        {
            faults.Add(GenesisErrorReason.Missing, path + name, "a number is expected");
        }

        return null;
    }

    /// <summary>A number of 64 bits; <see langword="null"/> where the field is absent.</summary>
    public ulong? Number64(string name, bool required = false)
    {
        if (Number(name, required) is not { } number)
        {
            return null;
        }

        if (!number.IsUInt64)
        {
            faults.Add(GenesisErrorReason.OutOfRange, path + name, $"{number} is over 2⁶⁴-1");
        }

        return number.U0;
    }

    /// <summary>Bytes in hexadecimal; empty where the field is absent.</summary>
    public byte[] Bytes(string name)
    {
        if (!TryFind(name, out JsonElement value))
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.String && TryDecodeHex(value.GetString()!, out byte[] bytes))
        {
            return bytes;
        }

        faults.Add(GenesisErrorReason.WrongKind, path + name, "bytes in hexadecimal are expected");
        return [];
    }

    /// <summary>A hash; zero where the field is absent.</summary>
    public Hash256 Hash(string name)
    {
        byte[] bytes = Bytes(name);
        if (bytes.Length is not (0 or Hash256.Size))
        {
            faults.Add(GenesisErrorReason.OutOfRange, path + name, $"{bytes.Length} bytes, 32 are expected");
        }

        return bytes.Length == Hash256.Size ? new Hash256(bytes) : Hash256.Zero;
    }

    /// <summary>An address; <see langword="null"/> where the field is absent.</summary>
    public Address? Address(string name)
    {
        if (!Has(name))
        {
            return null;
        }

        byte[] bytes = Bytes(name);
        if (bytes.Length == Primitives.Address.Size)
        {
            return new Address(bytes);
        }

        faults.Add(GenesisErrorReason.OutOfRange, path + name, $"{bytes.Length} bytes, 20 are expected");
        return null;
    }

    /// <summary>Reads hexadecimal digits with or without <c>0x</c>, of an even count.</summary>
    public static bool TryDecodeHex(string text, out byte[] bytes) =>
        Hex.TryDecode(text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text : "0x" + text, out bytes);

    private GenesisFields Nested(JsonElement value, string where)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            faults.Add(GenesisErrorReason.WrongKind, where, "an object is expected");
        }

        return new GenesisFields(value, where + ".", faults);
    }

    private UInt256? ParseNumber(JsonElement value, string where)
    {
        string text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => value.GetString()!,
            _ => "",
        };

        // geth reads an empty hexadecimal number as zero.
        if (text is "0x" or "0X")
        {
            return UInt256.Zero;
        }

        if (text.Length > 0 && UInt256.TryParse(text, out UInt256 number))
        {
            return number;
        }

        faults.Add(GenesisErrorReason.WrongKind, where, "a number is expected: decimal, or 0x and hexadecimal digits");
        return null;
    }

    private bool TryFind(string name, out JsonElement value)
    {
        foreach (JsonProperty property in Properties())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
                && property.Value.ValueKind != JsonValueKind.Null)
            {
                value = property.Value;
                return true;
            }
        }

        value = default;
        return false;
    }
}
