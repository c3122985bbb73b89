using System.Text.Json;
using System.Text.RegularExpressions;

namespace Koinon.Rpc.Tests.Conformance;

/// <summary>The part of JSON Schema that the OpenRPC document uses.</summary>
internal static class Schema
{
    /// <summary>The first thing in which a value does not fit a schema.</summary>
    /// <returns><see langword="null"/> where it fits.</returns>
    public static string? FirstMisfit(JsonElement schema, JsonElement value, string path)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return schema.ValueKind == JsonValueKind.False ? $"{path}: nothing may stand here" : null;
        }

        return OfType(schema, value, path)
            ?? OfText(schema, value, path)
            ?? OfNumber(schema, value, path)
            ?? OfChoice(schema, value, path)
            ?? OfMembers(schema, value, path)
            ?? OfItems(schema, value, path);
    }

    private static string? OfType(JsonElement schema, JsonElement value, string path)
    {
        if (!schema.TryGetProperty("type", out JsonElement type))
        {
            return null;
        }

        bool fits = type.ValueKind == JsonValueKind.Array
            ? type.EnumerateArray().Any(one => IsOfType(one.GetString()!, value))
            : IsOfType(type.GetString()!, value);
        return fits ? null : $"{path}: {value.ValueKind} is not {type.GetRawText()}";
    }

    private static bool IsOfType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        _ => throw new NotSupportedException(type),
    };

    private static string? OfText(JsonElement schema, JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        string text = value.GetString()!;
        if (schema.TryGetProperty("pattern", out JsonElement pattern) && !Regex.IsMatch(text, pattern.GetString()!))
        {
            return $"{path}: \"{text}\" does not match {pattern.GetString()}";
        }

        return schema.TryGetProperty("enum", out JsonElement choices)
            && !choices.EnumerateArray().Any(choice => choice.ValueEquals(text))
            ? $"{path}: \"{text}\" is none of {choices.GetRawText()}"
            : null;
    }

    private static string? OfNumber(JsonElement schema, JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Number)
        {
            return null;
        }

        double number = value.GetDouble();
        bool isBelow = schema.TryGetProperty("minimum", out JsonElement minimum) && number < minimum.GetDouble();
        bool isAbove = schema.TryGetProperty("maximum", out JsonElement maximum) && number > maximum.GetDouble();
        return isBelow || isAbove ? $"{path}: {number} is out of range" : null;
    }

    private static string? OfChoice(JsonElement schema, JsonElement value, string path)
    {
        foreach (string keyword in (string[])["oneOf", "anyOf"])
        {
            if (schema.TryGetProperty(keyword, out JsonElement choices)
                && !choices.EnumerateArray().Any(choice => FirstMisfit(choice, value, path) is null))
            {
                string first = string.Join("; ", choices.EnumerateArray().Select(c => FirstMisfit(c, value, path)));
                return $"{path}: fits none of {choices.GetArrayLength()} schemas ({first})";
            }
        }

        if (schema.TryGetProperty("allOf", out JsonElement all))
        {
            return all.EnumerateArray().Select(one => FirstMisfit(one, value, path)).FirstOrDefault(m => m is not null);
        }

        return null;
    }

    private static string? OfMembers(JsonElement schema, JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (schema.TryGetProperty("required", out JsonElement required))
        {
            foreach (JsonElement name in required.EnumerateArray())
            {
                if (!value.TryGetProperty(name.GetString()!, out _))
                {
                    return $"{path}: {name.GetString()} is missing";
                }
            }
        }

        bool hasNames = schema.TryGetProperty("properties", out JsonElement properties);
        bool hasRest = schema.TryGetProperty("additionalProperties", out JsonElement rest);
        foreach (JsonProperty member in value.EnumerateObject())
        {
            string? misfit = hasNames && properties.TryGetProperty(member.Name, out JsonElement known)
                ? FirstMisfit(known, member.Value, $"{path}.{member.Name}")
                : hasRest ? FirstMisfit(rest, member.Value, $"{path}.{member.Name}") : null;
            if (misfit is not null)
            {
                return misfit;
            }
        }

        return null;
    }

    private static string? OfItems(JsonElement schema, JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Array || !schema.TryGetProperty("items", out JsonElement items))
        {
            return null;
        }

        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            if (FirstMisfit(items, item, $"{path}[{index++}]") is { } misfit)
            {
                return misfit;
            }
        }

        return null;
    }
}
