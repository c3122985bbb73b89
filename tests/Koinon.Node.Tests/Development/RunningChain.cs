using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Koinon.Node.Development;
using Koinon.Rpc.Development.Manners;
using Microsoft.Extensions.Logging.Abstractions;

namespace Koinon.Node.Tests.Development;

/// <summary>A development chain of two accounts on a clock that stands, asked over HTTP.</summary>
internal sealed class RunningChain(DevelopmentNode node, ManualClock clock) : IAsyncDisposable
{
    /// <summary>Of the secret key 1.</summary>
    public const string Alice = "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf";

    /// <summary>Of the secret key 2.</summary>
    public const string Bob = "0x2b5ad5c4795c026514f8317c7a215e218dccd6cf";

    /// <summary>Nobody's.</summary>
    public const string Stranger = "0x00000000000000000000000000000000000000aa";

    /// <summary>Where tests put code.</summary>
    public const string Contract = "0x00000000000000000000000000000000000000cc";

    /// <summary>Stores the first word of its input in its first slot.</summary>
    public const string StoringCode = "0x5f355f5500";

    /// <summary>Returns the block's time.</summary>
    public const string TimeCode = "0x425f5260205ff3";

    /// <summary>Calls the console with its input.</summary>
    public const string ConsoleCode = "0x365f5f375f5f365f73000000000000000000636f6e736f6c652e6c6f675afa5000";

    private readonly HttpClient _client = new() { BaseAddress = new Uri($"http://{node.Server.Endpoint}/") };

    public ManualClock Clock => clock;

    public DevelopmentNode Node => node;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<RunningChain> StartAsync(Manner manner = Manner.Anvil) =>
        StartAsync(options => options with { Manner = manner });

    public static async Task<RunningChain> StartAsync(Func<DevelopmentOptions, DevelopmentOptions> change)
    {
        DevelopmentOptions options = change(new DevelopmentOptions
        {
            Endpoints = [new IPEndPoint(IPAddress.Loopback, 0)],
            SecretKeys = [Secret(1), Secret(2)],
        });
        ManualClock clock = new();
        return new RunningChain(
            await DevelopmentNode.StartAsync(options, clock, NullLoggerFactory.Instance, Cancellation), clock);
    }

    /// <summary>Code that reverts with data.</summary>
    public static string RevertingCode(string dataHex)
    {
        string length = (dataHex.Length / 2).ToString("x4");
        return $"0x61{length}61000d5f3961{length}5ffd{dataHex}";
    }

    /// <summary>The data of <c>Error(string)</c> with a text of up to 32 letters.</summary>
    public static string ErrorData(string text) =>
        "08c379a0" + Word(0x20) + Word(text.Length)
        + Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(text)).ToLowerInvariant().PadRight(64, '0');

    public static string Word(long value) => value.ToString("x64");

    public static JsonObject Send(string from, string to, string? data = null, string? gas = null, string value = "0x0")
    {
        JsonObject request = new() { ["from"] = from, ["to"] = to, ["value"] = value };
        if (data is not null)
        {
            request["data"] = data;
        }

        if (gas is not null)
        {
            request["gas"] = gas;
        }

        return request;
    }

    public async Task<JsonElement> AskAsync(string method, params JsonNode?[] parameters)
    {
        JsonElement answer = await PostAsync(method, parameters);
        return answer.TryGetProperty("result", out JsonElement result)
            ? result
            : throw new InvalidOperationException(answer.GetRawText());
    }

    public async Task<JsonElement> ErrorOfAsync(string method, params JsonNode?[] parameters) =>
        (await PostAsync(method, parameters)).GetProperty("error");

    public async Task<string> TextAsync(string method, params JsonNode?[] parameters) =>
        (await AskAsync(method, parameters)).GetString()!;

    public async Task<long> NumberAsync() => Quantity(await TextAsync("eth_blockNumber"));

    public async Task<long> TimeAsync() => Quantity(
        (await AskAsync("eth_getBlockByNumber", "latest", false)).GetProperty("timestamp").GetString()!);

    public async Task<long> SlotAsync(string account) =>
        Quantity("0x" + (await TextAsync("eth_getStorageAt", account, "0x0", "latest"))[^15..]);

    public static long Quantity(string text) => Convert.ToInt64(text, 16);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await node.DisposeAsync();
    }

    private async Task<JsonElement> PostAsync(string method, JsonNode?[] parameters)
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
