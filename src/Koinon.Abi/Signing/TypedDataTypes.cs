using System.Text.Json;

namespace Koinon.Abi.Signing;

/// <summary>Reads the definitions of structs.</summary>
internal static class TypedDataTypes
{
    internal static bool TryRead(
        JsonElement section, out Dictionary<string, IReadOnlyList<TypedDataField>> types, out TypedDataError error)
    {
        types = new Dictionary<string, IReadOnlyList<TypedDataField>>(StringComparer.Ordinal);
        foreach (JsonProperty definition in section.EnumerateObject())
        {
            if (!IsIdentifier(definition.Name)
                || AbiType.TryParse(definition.Name, out _, out _)
                || !TryReadFields(definition.Value, out List<TypedDataField> fields)
                || !types.TryAdd(definition.Name, fields))
            {
                error = new TypedDataError(TypedDataReason.TypeInvalid, definition.Name);
                return false;
            }
        }

        error = default;
        return true;
    }

    private static bool TryReadFields(JsonElement list, out List<TypedDataField> fields)
    {
        fields = [];
        if (list.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (JsonElement field in list.EnumerateArray())
        {
            if (!TryReadText(field, "name", out string name) || !TryReadText(field, "type", out string type)
                || !names.Add(name))
            {
                return false;
            }

            fields.Add(new TypedDataField(name, type));
        }

        return true;
    }

    private static bool TryReadText(JsonElement field, string property, out string text)
    {
        bool ok = field.ValueKind == JsonValueKind.Object
            && field.TryGetProperty(property, out JsonElement value)
            && value.ValueKind == JsonValueKind.String;
        text = ok ? field.GetProperty(property).GetString()! : "";
        return ok && text.Length > 0;
    }

    private static bool IsIdentifier(string name)
    {
        foreach (char letter in name)
        {
            if (!char.IsLetterOrDigit(letter) && letter is not ('_' or '$' or ':'))
            {
                return false;
            }
        }

        return name.Length > 0 && !char.IsAsciiDigit(name[0]);
    }
}
