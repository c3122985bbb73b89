using System.Text.Json;

namespace Koinon.Rpc.Tests.Conformance;

/// <summary>Compares two JSON values; the order of members says nothing.</summary>
internal static class JsonComparison
{
    /// <summary>The first difference, with its path.</summary>
    /// <returns><see langword="null"/> where the values are the same.</returns>
    public static string? FirstDifference(JsonElement expected, JsonElement actual, string path)
    {
        if (expected.ValueKind != actual.ValueKind)
        {
            return $"{path}: expected {Shorten(expected)}, got {Shorten(actual)}";
        }

        return expected.ValueKind switch
        {
            JsonValueKind.Object => OfObjects(expected, actual, path),
            JsonValueKind.Array => OfArrays(expected, actual, path),
            JsonValueKind.Number => Same(expected.GetDouble().Equals(actual.GetDouble()), expected, actual, path),
            JsonValueKind.String => Same(expected.GetString() == actual.GetString(), expected, actual, path),
            _ => null,
        };
    }

    private static string? OfObjects(JsonElement expected, JsonElement actual, string path)
    {
        foreach (JsonProperty member in expected.EnumerateObject())
        {
            if (!actual.TryGetProperty(member.Name, out JsonElement value))
            {
                return $"{path}: {member.Name} is missing, expected {Shorten(member.Value)}";
            }

            if (FirstDifference(member.Value, value, $"{path}.{member.Name}") is { } difference)
            {
                return difference;
            }
        }

        foreach (JsonProperty member in actual.EnumerateObject())
        {
            if (!expected.TryGetProperty(member.Name, out _))
            {
                return $"{path}: {member.Name} is not expected, got {Shorten(member.Value)}";
            }
        }

        return null;
    }

    private static string? OfArrays(JsonElement expected, JsonElement actual, string path)
    {
        int count = expected.GetArrayLength();
        if (actual.GetArrayLength() != count)
        {
            return $"{path}: expected {count} items, got {actual.GetArrayLength()}";
        }

        for (int index = 0; index < count; index++)
        {
            if (FirstDifference(expected[index], actual[index], $"{path}[{index}]") is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private static string? Same(bool isSame, JsonElement expected, JsonElement actual, string path) =>
        isSame ? null : $"{path}: expected {Shorten(expected)}, got {Shorten(actual)}";

    private static string Shorten(JsonElement element)
    {
        string text = element.GetRawText();
        return text.Length <= 160 ? text : text[..157] + "...";
    }
}
