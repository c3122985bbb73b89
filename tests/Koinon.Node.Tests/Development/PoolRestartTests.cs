using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Koinon.Chain.Building;
using Koinon.Node.Development;
using Microsoft.Extensions.Logging.Abstractions;

namespace Koinon.Node.Tests.Development;

public sealed class PoolRestartTests : IDisposable
{
    private const string Alice = "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf"; // Of the secret key 1.

    private readonly string _directory = Directory.CreateTempSubdirectory("koinon-pool-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task WhatWaits_OverADataDirectory_SurvivesARestart()
    {
        string hash;
        await using (DevelopmentNode node = await StartAsync())
        {
            hash = (await AskAsync(node, "eth_sendTransaction", new { from = Alice, to = Alice, gas = "0x5208" }))
                .GetString()!;
        }

        await using DevelopmentNode again = await StartAsync();

        JsonElement transaction = await AskAsync(again, "eth_getTransactionByHash", hash);
        Assert.Equal(JsonValueKind.Null, transaction.GetProperty("blockNumber").ValueKind);
        Assert.Equal("0x1", (await AskAsync(again, "eth_getTransactionCount", Alice, "pending")).GetString());
        await AskAsync(again, "evm_mine");
        Assert.Equal(
            "0x1", (await AskAsync(again, "eth_getTransactionReceipt", hash)).GetProperty("status").GetString());
    }

    private Task<DevelopmentNode> StartAsync()
    {
        byte[] secret = new byte[32];
        secret[^1] = 1;
        DevelopmentOptions options = new()
        {
            Endpoints = [new IPEndPoint(IPAddress.Loopback, 0)],
            SecretKeys = [secret],
            Mining = MiningMode.Manual,
            DataDirectory = _directory,
            Timestamp = 1_000_000,
        };
        return DevelopmentNode.StartAsync(options, new ManualClock(), NullLoggerFactory.Instance, Cancellation);
    }

    private static async Task<JsonElement> AskAsync(DevelopmentNode node, string method, params object[] parameters)
    {
        using HttpClient client = new();
        using HttpResponseMessage response = await client.PostAsJsonAsync(
            new Uri($"http://{node.Server.Endpoint}/"),
            new { jsonrpc = "2.0", id = 1, method, @params = parameters },
            Cancellation);
        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        return answer.TryGetProperty("result", out JsonElement result)
            ? result
            : throw new InvalidOperationException(answer.GetRawText());
    }
}
