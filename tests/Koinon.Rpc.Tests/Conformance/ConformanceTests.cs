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
            string? difference = ExchangeComparison.FirstDifference(
                exchange, answer.RootElement, specification.RootElement);
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
}
