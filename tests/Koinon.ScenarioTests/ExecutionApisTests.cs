using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Koinon.Rpc.Tests.Conformance;

namespace Koinon.ScenarioTests;

/// <summary>
/// The official conformance files of JSON-RPC against the program, as hive runs them against a client.
/// </summary>
public sealed class ExecutionApisTests(ITestOutputHelper output)
{
    /// <summary>All exchanges of the archive's 232 files.</summary>
    private const int Exchanges = 236;

    [Fact]
    public async Task Node_OverTheImportedChain_AnswersEveryFileAsExpected()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        DirectoryInfo data = Directory.CreateTempSubdirectory("koinon-apis-");
        try
        {
            string genesis = Path.Combine(ExecutionApis.Tests, "genesis.json");
            (int exitCode, string error) = await RunningProgram.RunAsync(
                [
                    "import", "--genesis", genesis, "--datadir", data.FullName,
                    "--forkchoice", Path.Combine(ExecutionApis.Tests, "headfcu.json"), "--seal", "none",
                    Path.Combine(ExecutionApis.Tests, "chain.rlp"),
                ],
                cancellation);
            Assert.True(exitCode == 0, error);
            await using RunningProgram node = await RunningProgram.StartAsync(
                ["node", "--genesis", genesis, "--datadir", data.FullName, "--port", "0"], cancellation);
            string wrong = await AskAllAsync(node.Url, cancellation);
            Assert.True(wrong.Length == 0, wrong);
            Assert.Equal(0, await node.TerminateAsync(cancellation));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private async Task<string> AskAllAsync(Uri url, CancellationToken cancellation)
    {
        using HttpClient client = new();
        using JsonDocument specification = JsonDocument.Parse(
            await File.ReadAllBytesAsync(ExecutionApis.Specification, cancellation));
        StringBuilder wrong = new();
        int right = 0;
        int count = 0;
        foreach (Exchange exchange in Exchange.ReadAll(ExecutionApis.Tests))
        {
            using StringContent body = new(exchange.Request, MediaTypeHeaderValue.Parse("application/json"));
            using HttpResponseMessage response = await client.PostAsync(url, body, cancellation);
            using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
            string? difference = ExchangeComparison.FirstDifference(
                exchange, answer.RootElement, specification.RootElement);
            count++;
            right += difference is null ? 1 : 0;
            if (difference is not null)
            {
                wrong.AppendLine($"{exchange.Method}/{exchange.Name}: {difference}");
            }
        }

        output.WriteLine($"{right} of {count}");
        Assert.Equal(Exchanges, count);
        return wrong.ToString();
    }
}
