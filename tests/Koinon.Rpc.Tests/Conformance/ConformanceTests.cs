using System.Text;
using System.Text.Json;

namespace Koinon.Rpc.Tests.Conformance;

public sealed class ConformanceTests(ITestOutputHelper output)
{
    /// <summary>All exchanges of the archive's 232 files.</summary>
    private const int Exchanges = 236;

    [Fact]
    public async Task EveryExchange_OfTheExecutionApis_IsAnsweredAsExpected()
    {
        using JsonDocument specification = JsonDocument.Parse(File.ReadAllBytes(ExecutionApis.Specification));
        using ConformanceChain chain = ConformanceChain.Open();
        SortedDictionary<string, (int Right, int All)> table = new(StringComparer.Ordinal);
        StringBuilder wrong = new();
        int count = 0;
        foreach (Exchange exchange in Exchange.ReadAll(ExecutionApis.Tests))
        {
            using JsonDocument answer = await chain.AskAsync(exchange.Request);
            string? difference = Compare(exchange, answer.RootElement, specification.RootElement);
            (int right, int all) = table.GetValueOrDefault(exchange.Method);
            table[exchange.Method] = (difference is null ? right + 1 : right, all + 1);
            count++;
            if (difference is not null)
            {
                wrong.AppendLine($"{exchange.Method}/{exchange.Name}: {difference}");
            }
        }

        foreach ((string method, (int right, int all)) in table)
        {
            output.WriteLine($"{method,-40} {right,3} of {all,3}");
        }

        Assert.True(wrong.Length == 0, wrong.ToString());
        Assert.Equal(Exchanges, count);
    }

    private static string? Compare(Exchange exchange, JsonElement actual, JsonElement specification)
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
