using System.Text;
using System.Text.Json;
using Koinon.Rpc.Tests.Conformance;

namespace Koinon.Rpc.Tests.Debug;

public sealed class StructLogConformanceTests
{
    // Complaint 38: struct logs are empty.
    [Fact]
    public async Task EveryTrace_OfTheExecutionApis_IsGethsOwn()
    {
        using ConformanceChain chain = ConformanceChain.Open();
        StringBuilder wrong = new();
        int count = 0;
        foreach (Exchange exchange in Exchange.ReadAll(ExecutionApis.Tests))
        {
            using JsonDocument response = JsonDocument.Parse(exchange.Response);
            if (exchange.Method.StartsWith("debug_trace", StringComparison.Ordinal)
                && response.RootElement.TryGetProperty("result", out JsonElement expected))
            {
                count++;
                using JsonDocument answer = await chain.AskAsync(exchange.Request);
                string? difference = answer.RootElement.TryGetProperty("result", out JsonElement actual)
                    ? JsonComparison.FirstDifference(expected, actual, "result")
                    : answer.RootElement.GetRawText();
                wrong.Append(difference is null ? "" : $"{exchange.Name}: {difference}\n");
            }
        }

        Assert.True(wrong.Length == 0, wrong.ToString());
        Assert.Equal(9, count);
    }
}
