using System.Globalization;
using System.Text;
using System.Text.Json;
using Koinon.Primitives;

namespace Koinon.Abi.Signing;

/// <summary>Hashes structs of typed data and keeps the first reason against them.</summary>
/// <remarks>Made for one message. As deep as the JSON goes, which its parser bounds.</remarks>
internal sealed class TypedDataHasher(IReadOnlyDictionary<string, IReadOnlyList<TypedDataField>> types)
{
    private readonly Dictionary<string, Hash256> _typeHashes = new(StringComparer.Ordinal);

    /// <summary>The reason against the data.</summary>
    internal TypedDataError Error { get; private set; }

    /// <summary>Hashes a struct: the digest of its type's hash and its fields' words.</summary>
    internal bool TryHashStruct(string type, JsonElement value, string path, out Hash256 hash)
    {
        hash = default;
        if (!types.TryGetValue(type, out IReadOnlyList<TypedDataField>? fields))
        {
            return Fail(TypedDataReason.TypeUnknown, type);
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            return Fail(TypedDataReason.ValueMismatch, path);
        }

        byte[] words = new byte[(1 + fields.Count) * Hash256.Size];
        HashOfType(type).CopyTo(words);
        for (int i = 0; i < fields.Count; i++)
        {
            TypedDataField field = fields[i];
            string fieldPath = $"{path}.{field.Name}";
            if (!value.TryGetProperty(field.Name, out JsonElement fieldValue)
                || fieldValue.ValueKind == JsonValueKind.Null)
            {
                return Fail(TypedDataReason.ValueMissing, fieldPath);
            }

            if (!TryEncode(field.Type, fieldValue, fieldPath, out Hash256 word))
            {
                return false;
            }

            word.CopyTo(words.AsSpan((1 + i) * Hash256.Size));
        }

        hash = Hash256.Keccak(words);
        return true;
    }

    // One word for any value: itself, or the digest of what does not fit a word.
    private bool TryEncode(string type, JsonElement value, string path, out Hash256 word)
    {
        if (type.EndsWith(']'))
        {
            return TryEncodeArray(type, value, path, out word);
        }

        if (types.ContainsKey(type))
        {
            return TryHashStruct(type, value, path, out word);
        }

        // The standard has no "uint" and "int", but geth, anvil and Hardhat take them: numbers of 256 bits in a struct
        // that is another than the one with "uint256".
        word = default;
        bool isAlias = type is "uint" or "int";
        return AbiType.TryParse(type, out AbiType? elementary, out _) && (isAlias || elementary.Name == type)
            ? TryEncodeElementary(elementary, value, path, out word)
            : Fail(TypedDataReason.TypeUnknown, type);
    }

    private bool TryEncodeArray(string type, JsonElement value, string path, out Hash256 word)
    {
        word = default;
        int open = type.LastIndexOf('[');
        ReadOnlySpan<char> digits = open < 0 ? [] : type.AsSpan(open + 1, type.Length - open - 2);
        int length = -1;
        if (open < 0
            || (!digits.IsEmpty && !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out length)))
        {
            return Fail(TypedDataReason.TypeUnknown, type);
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            return Fail(TypedDataReason.ValueMismatch, path);
        }

        int count = value.GetArrayLength();
        if (length >= 0 && count != length)
        {
            return Fail(TypedDataReason.LengthMismatch, path);
        }

        string element = type[..open];
        byte[] words = new byte[count * Hash256.Size];
        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            if (!TryEncode(element, item, $"{path}[{index}]", out Hash256 itemWord))
            {
                return false;
            }

            itemWord.CopyTo(words.AsSpan(index++ * Hash256.Size));
        }

        word = Hash256.Keccak(words);
        return true;
    }

    private bool TryEncodeElementary(AbiType type, JsonElement value, string path, out Hash256 word)
    {
        word = default;
        switch (type.Kind)
        {
            case AbiKind.Text:
                if (value.ValueKind != JsonValueKind.String)
                {
                    return Fail(TypedDataReason.ValueMismatch, path);
                }

                word = Hash256.Keccak(Encoding.UTF8.GetBytes(value.GetString()!));
                return true;
            case AbiKind.Bytes or AbiKind.FixedBytes:
                return TryEncodeBytes(type, value, path, out word);
            case AbiKind.Bool:
                word = Hash256.FromWord(value.ValueKind == JsonValueKind.True ? UInt256.One : UInt256.Zero);
                return value.ValueKind is JsonValueKind.True or JsonValueKind.False
                    || Fail(TypedDataReason.ValueMismatch, path);
            case AbiKind.Address:
                bool isAddress = value.ValueKind == JsonValueKind.String
                    & Address.TryParse(value.ToString(), out Address address);
                word = Hash256.FromWord(address.ToWord());
                return isAddress || Fail(TypedDataReason.ValueMismatch, path);
            case AbiKind.Unsigned or AbiKind.Signed:
                return TryEncodeNumber(type, value, path, out word);
            default:
                return Fail(TypedDataReason.TypeUnknown, type.Name);
        }
    }

    private bool TryEncodeBytes(AbiType type, JsonElement value, string path, out Hash256 word)
    {
        word = default;
        if (value.ValueKind != JsonValueKind.String || !Hex.TryDecode(value.GetString(), out byte[] bytes))
        {
            return Fail(TypedDataReason.ValueMismatch, path);
        }

        if (type.Kind == AbiKind.Bytes)
        {
            word = Hash256.Keccak(bytes);
            return true;
        }

        if (bytes.Length != type.Length)
        {
            return Fail(TypedDataReason.LengthMismatch, path);
        }

        Array.Resize(ref bytes, Hash256.Size);
        word = new Hash256(bytes);
        return true;
    }

    // A JSON number, or a text in decimal or hex; a sign where the type has one.
    private bool TryEncodeNumber(AbiType type, JsonElement value, string path, out Hash256 word)
    {
        word = default;
        if (value.ValueKind is not (JsonValueKind.Number or JsonValueKind.String))
        {
            return Fail(TypedDataReason.ValueMismatch, path);
        }

        string text = value.ToString();
        bool isNegative = text.StartsWith('-');
        if (!UInt256.TryParse(isNegative ? text.AsSpan(1) : text, out UInt256 number))
        {
            return Fail(TypedDataReason.ValueMismatch, path);
        }

        UInt256 encoded = isNegative ? -number : number;

        // The sign bit must be as the sign says, or the number wrapped around.
        bool isInRange = AbiWords.IsInRange(type, encoded)
            && (type.Kind == AbiKind.Signed
                ? encoded.IsNegative == (isNegative && !number.IsZero)
                : !isNegative || number.IsZero);
        word = Hash256.FromWord(encoded);
        return isInRange || Fail(TypedDataReason.NumberOutOfRange, path);
    }

    private Hash256 HashOfType(string type)
    {
        if (!_typeHashes.TryGetValue(type, out Hash256 hash))
        {
            hash = Hash256.Keccak(Encoding.UTF8.GetBytes(EncodeType(type)));
            _typeHashes[type] = hash;
        }

        return hash;
    }

    /// <summary>The struct's definition, then those of all structs it refers to, by name.</summary>
    internal string EncodeType(string type)
    {
        SortedSet<string> referred = new(StringComparer.Ordinal);
        Stack<string> open = new([type]);
        while (open.TryPop(out string? next))
        {
            foreach (TypedDataField field in types[next])
            {
                int bracket = field.Type.IndexOf('[');
                string name = bracket < 0 ? field.Type : field.Type[..bracket];
                if (types.ContainsKey(name) && name != type && referred.Add(name))
                {
                    open.Push(name);
                }
            }
        }

        StringBuilder text = new();
        AppendDefinition(text, type);
        foreach (string name in referred)
        {
            AppendDefinition(text, name);
        }

        return text.ToString();
    }

    private void AppendDefinition(StringBuilder text, string type)
    {
        text.Append(type).Append('(');
        string separator = "";
        foreach (TypedDataField field in types[type])
        {
            text.Append(separator).Append(field.Type).Append(' ').Append(field.Name);
            separator = ",";
        }

        text.Append(')');
    }

    private bool Fail(TypedDataReason reason, string path)
    {
        Error = Error.IsError ? Error : new TypedDataError(reason, path);
        return false;
    }
}
