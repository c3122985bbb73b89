using System.Text.Json;

namespace Koinon.Rpc.Tests.Conformance;

/// <summary>
/// Compares answers as the archive's page says: results as they are or by their shape, errors by their codes.
/// </summary>
internal static class ExchangeComparison
{
    /// <summary>What is wrong with an answer.</summary>
    /// <param name="exchange">What was asked, and what is expected.</param>
    /// <param name="actual">The whole response.</param>
    /// <param name="specification">The OpenRPC document, references resolved.</param>
    /// <returns><see langword="null"/> where it is as expected.</returns>
    public static string? FirstDifference(Exchange exchange, JsonElement actual, JsonElement specification)
    {
        using JsonDocument response = JsonDocument.Parse(exchange.Response);
        JsonElement expected = response.RootElement;
        bool fails = expected.TryGetProperty("error", out JsonElement expectedError);
        if (actual.TryGetProperty("error", out JsonElement error) != fails)
        {
            return $"expected {(fails ? expectedError.GetRawText() : "a result")}, got {Shorten(actual)}";
        }

        if (fails)
        {
            // Messages differ between clients: codes are compared, and what a revert returned.
            bool hasData = expectedError.TryGetProperty("data", out JsonElement data);
            return JsonComparison.FirstDifference(expectedError.GetProperty("code"), error.GetProperty("code"), "code")
                ?? (hasData && expectedError.GetProperty("code").GetInt32() == 3
                    ? JsonComparison.FirstDifference(data, error.GetProperty("data"), "data")
                    : null);
        }

        return exchange.IsShapeOnly
            ? Schema.FirstMisfit(SchemaOf(exchange.CalledMethod, specification), actual.GetProperty("result"), "result")
            : JsonComparison.FirstDifference(
                expected.GetProperty("result"), actual.GetProperty("result"), "result");
    }

    private static JsonElement SchemaOf(string method, JsonElement specification)
    {
        foreach (JsonElement candidate in specification.GetProperty("methods").EnumerateArray())
        {
            if (candidate.GetProperty("name").ValueEquals(method))
            {
                return candidate.GetProperty("result").GetProperty("schema");
            }
        }

        throw new KeyNotFoundException(method);
    }

    private static string Shorten(JsonElement element)
    {
        string text = element.GetRawText();
        return text.Length <= 300 ? text : text[..297] + "...";
    }
}
