using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Koinon.Node.Development;
using Microsoft.Extensions.Logging.Abstractions;

namespace Koinon.Node.Tests.Development;

public sealed class DevelopmentNodeTests
{
    private const string Alice = "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf"; // Of the secret key 1.
    private const string Bob = "0x2b5ad5c4795c026514f8317c7a215e218dccd6cf"; // Of the secret key 2.
    private const string Ether = "0xde0b6b3a7640000";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_OfEther_IsInTheHeadWhenItIsAnswered()
    {
        await using Chain chain = await Chain.StartAsync();

        string hash = (await chain.AskAsync("eth_sendTransaction", Send(Alice, Bob, Ether))).GetString()!;

        JsonElement receipt = await chain.AskAsync("eth_getTransactionReceipt", hash);
        Assert.Equal("0x1", receipt.GetProperty("status").GetString());
        Assert.Equal("0x1", receipt.GetProperty("blockNumber").GetString());
        Assert.Equal("0x5208", receipt.GetProperty("gasUsed").GetString());
        Assert.Equal("0x1", (await chain.AskAsync("eth_blockNumber")).GetString());
        Assert.Equal("0x1", (await chain.AskAsync("eth_getTransactionCount", Alice, "latest")).GetString());

        // The first block asks 1 gwei, and 1 gwei of priority fee came on top.
        UInt128 price = 1_000_000_000 + 1_000_000_000;
        UInt128 ether = 1_000_000_000_000_000_000;
        Assert.Equal(Quantity((10_000 * ether) - ether - (21_000 * price)), await chain.BalanceAsync(Alice));
        Assert.Equal(Quantity(10_001 * ether), await chain.BalanceAsync(Bob));
    }

    [Fact]
    public async Task Send_SideBySide_GetsNoncesOneAfterAnother()
    {
        await using Chain chain = await Chain.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(_ => chain.AskAsync("eth_sendTransaction", Send(Alice, Bob, "0x1"))));

        Assert.Equal("0x14", (await chain.AskAsync("eth_getTransactionCount", Alice, "latest")).GetString());
        Assert.Equal("0x14", (await chain.AskAsync("eth_blockNumber")).GetString());
    }

    [Fact]
    public async Task Send_OverABalance_IsRefusedWithGethsText()
    {
        await using Chain chain = await Chain.StartAsync();

        JsonElement error = await chain.ErrorOfAsync(
            "eth_sendTransaction", Send(Alice, Bob, "0x" + new string('f', 30), gas: "0x5208"));

        Assert.Equal(-32000, error.GetProperty("code").GetInt32());
        Assert.StartsWith("insufficient funds for gas * price + value", error.GetProperty("message").GetString());
        Assert.Equal("0x0", (await chain.AskAsync("eth_blockNumber")).GetString());
    }

    [Fact]
    public async Task Send_FromAStranger_IsRefused()
    {
        await using Chain chain = await Chain.StartAsync();

        JsonElement error = await chain.ErrorOfAsync(
            "eth_sendTransaction", Send("0x00000000000000000000000000000000000000ff", Bob, "0x1"));

        Assert.StartsWith("unknown account", error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Call_ThatReverts_AnswersCode3WithReasonAndData()
    {
        await using Chain chain = await Chain.StartAsync();

        // Init code that puts Error("no") into memory and reverts with it.
        string data = "08c379a0" + Word(32) + Word(2) + "6e6f" + new string('0', 60);
        string code = "0x" + string.Concat(data.Chunk(64).Select((part, index) =>
            "7f" + new string(part).PadRight(64, '0') + $"60{index * 32:x2}52")) + "60646000fd";
        JsonElement error = await chain.ErrorOfAsync("eth_call", new JsonObject { ["data"] = code }, "latest");

        Assert.Equal(3, error.GetProperty("code").GetInt32());
        Assert.Equal("execution reverted: no", error.GetProperty("message").GetString());
        Assert.Equal("0x" + data, error.GetProperty("data").GetString());
        JsonElement estimate = await chain.ErrorOfAsync("eth_estimateGas", new JsonObject { ["data"] = code });
        Assert.Equal(3, estimate.GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Trace_OfACreationThatCallsDeep_ShowsEveryFrame()
    {
        await using Chain chain = await Chain.StartAsync();

        // Init code that transfers 5 wei to Bob, and then reverts with the word 1.
        string code = $"0x6000600060006000600573{Bob[2..]}5af150600160005260206000fd";
        JsonObject request = new() { ["from"] = Alice, ["data"] = code, ["value"] = "0x7", ["gas"] = "0x20000" };
        string hash = (await chain.AskAsync("eth_sendTransaction", request)).GetString()!;

        JsonElement frame = await chain.AskAsync(
            "debug_traceTransaction", hash, new JsonObject { ["tracer"] = "callTracer" });

        Assert.Equal("CREATE", frame.GetProperty("type").GetString());
        Assert.Equal(Alice, frame.GetProperty("from").GetString());
        Assert.False(frame.TryGetProperty("to", out _));
        Assert.Equal("0x20000", frame.GetProperty("gas").GetString());
        Assert.Equal("execution reverted", frame.GetProperty("error").GetString());
        Assert.Equal("0x" + Word(1), frame.GetProperty("output").GetString());
        JsonElement receipt = await chain.AskAsync("eth_getTransactionReceipt", hash);
        Assert.Equal("0x0", receipt.GetProperty("status").GetString());
        Assert.Equal(receipt.GetProperty("gasUsed").GetString(), frame.GetProperty("gasUsed").GetString());
        JsonElement call = Assert.Single(frame.GetProperty("calls").EnumerateArray());
        Assert.Equal("CALL", call.GetProperty("type").GetString());
        Assert.Equal(Bob, call.GetProperty("to").GetString());
        Assert.Equal("0x5", call.GetProperty("value").GetString());
    }

    [Fact]
    public async Task Trace_ByATracerThatIsNotServed_IsRefused()
    {
        await using Chain chain = await Chain.StartAsync();
        string hash = (await chain.AskAsync("eth_sendTransaction", Send(Alice, Bob, "0x1"))).GetString()!;

        JsonElement error = await chain.ErrorOfAsync(
            "debug_traceTransaction", hash, new JsonObject { ["tracer"] = "erc7562Tracer" });

        Assert.Contains("erc7562Tracer", error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Estimate_OfATransfer_IsExact()
    {
        await using Chain chain = await Chain.StartAsync();

        Assert.Equal("0x5208", (await chain.AskAsync("eth_estimateGas", Send(Alice, Bob, "0x1"))).GetString());
    }

    [Fact]
    public async Task Blocks_OneAfterAnother_RiseByASecondAtLeast()
    {
        await using Chain chain = await Chain.StartAsync();

        await chain.AskAsync("eth_sendTransaction", Send(Alice, Bob, "0x1"));
        chain.Clock.Now += TimeSpan.FromSeconds(100);
        await chain.AskAsync("eth_sendTransaction", Send(Alice, Bob, "0x1"));

        long[] times = await chain.TimesAsync(3);
        Assert.Equal([1_700_000_000, 1_700_000_001, 1_700_000_100], times);
    }

    [Fact]
    public async Task Genesis_HasTheSystemContractsOfEveryNode()
    {
        await using Chain chain = await Chain.StartAsync();

        // Published code hashes: history (EIP-2935), beacon roots (EIP-4788), and the deterministic deployer.
        Assert.Equal(
            "0x6e49e66782037c0555897870e29fa5e552daf4719552131a0abce779daec0a5d",
            await chain.CodeHashAsync("0x0000F90827F1C53a10cb7A02335B175320002935"));
        Assert.Equal(
            "0xf57acd40259872606d76197ef052f3d35588dadf919ee1f0e3cb9b62d3f4b02c",
            await chain.CodeHashAsync("0x000F3df6D732807Ef1319fB7B8bB8522d0Beac02"));
        Assert.Equal(
            "0x2fa86add0aed31f33a762c9d88e807c475bd51d0f52bd0955754b2608f7e4989",
            await chain.CodeHashAsync("0x4e59b44847b379578588920cA78FbF26c0B4956C"));
    }

    private static JsonObject Send(string from, string to, string value, string? gas = null)
    {
        JsonObject request = new() { ["from"] = from, ["to"] = to, ["value"] = value };
        if (gas is not null)
        {
            request["gas"] = gas;
        }

        return request;
    }

    private static string Word(int value) => value.ToString("x64");

    private static string Quantity(UInt128 value) => "0x" + value.ToString("x");

    /// <summary>A chain of two accounts, asked over HTTP.</summary>
    private sealed class Chain(DevelopmentNode node, ManualClock clock) : IAsyncDisposable
    {
        private readonly HttpClient _client = new() { BaseAddress = new Uri($"http://{node.Server.Endpoint}/") };

        public ManualClock Clock => clock;

        public static async Task<Chain> StartAsync()
        {
            DevelopmentOptions options = new()
            {
                Endpoints = [new IPEndPoint(IPAddress.Loopback, 0)],
                SecretKeys = [Secret(1), Secret(2)],
            };
            ManualClock clock = new();
            return new Chain(
                await DevelopmentNode.StartAsync(options, clock, NullLoggerFactory.Instance, Cancellation), clock);
        }

        public async Task<JsonElement> AskAsync(string method, params JsonNode[] parameters)
        {
            JsonElement answer = await PostAsync(method, parameters);
            return answer.TryGetProperty("result", out JsonElement result)
                ? result
                : throw new InvalidOperationException(answer.GetRawText());
        }

        public async Task<JsonElement> ErrorOfAsync(string method, params JsonNode[] parameters) =>
            (await PostAsync(method, parameters)).GetProperty("error");

        public async Task<string?> BalanceAsync(string account) =>
            (await AskAsync("eth_getBalance", account, "latest")).GetString();

        public async Task<string?> CodeHashAsync(string account)
        {
            string code = (await AskAsync("eth_getCode", account, "latest")).GetString()!;
            return (await AskAsync("web3_sha3", code)).GetString();
        }

        public async Task<long[]> TimesAsync(int count)
        {
            long[] times = new long[count];
            for (int number = 0; number < count; number++)
            {
                JsonElement block = await AskAsync("eth_getBlockByNumber", number, false);
                times[number] = Convert.ToInt64(block.GetProperty("timestamp").GetString(), 16);
            }

            return times;
        }

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await node.DisposeAsync();
        }

        private async Task<JsonElement> PostAsync(string method, JsonNode[] parameters)
        {
            JsonObject request = new()
            {
                ["jsonrpc"] = "2.0",
                ["id"] = 1,
                ["method"] = method,
                ["params"] = new JsonArray(parameters),
            };
            using HttpResponseMessage response = await _client.PostAsJsonAsync("", request, Cancellation);
            return await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        }

        private static ReadOnlyMemory<byte> Secret(byte value)
        {
            byte[] secret = new byte[32];
            secret[^1] = value;
            return secret;
        }
    }
}
