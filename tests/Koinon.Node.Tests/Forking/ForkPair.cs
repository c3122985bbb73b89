using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Koinon.Node.Development;
using Koinon.Node.Forking;
using Koinon.Node.Hosting;
using Koinon.Rpc.Development.Manners;
using Microsoft.Extensions.Logging.Abstractions;

namespace Koinon.Node.Tests.Forking;

/// <summary>A chain with a contract, a wire to it that can be made bad, and chains that fork off it.</summary>
internal sealed class ForkPair : IAsyncDisposable
{
    public const string Alice = "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf"; // Of the secret key 1.
    public const string Bob = "0x2b5ad5c4795c026514f8317c7a215e218dccd6cf"; // Of the secret key 2.
    public const string Carol = "0x00000000000000000000000000000000000ca401";
    public const string Contract1 = "0x00000000000000000000000000000000000c0de1";
    public const string Topic = "0x00000000000000000000000000000000000000000000000000000000000000aa";

    /// <summary>Keeps a word that it is called with and logs it; called with nothing it says the word.</summary>
    private const string Keeper = "0x602280600b6000396000f3"
        + "36600f5760005460005260206000f35b6000358060005560005260aa60206000a100";

    private static readonly HttpClient Client = new();

    private readonly List<DevelopmentNode> _forks = [];

    private ForkPair(DevelopmentNode origin, FakeRemote wire, string contract)
    {
        Origin = origin;
        Wire = wire;
        Contract = contract;
    }

    public DevelopmentNode Origin { get; }

    /// <summary>What forks are told the origin is.</summary>
    public FakeRemote Wire { get; }

    public string Contract { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ForkPair> StartAsync()
    {
        DevelopmentNode origin = await DevelopmentNode.StartAsync(
            new DevelopmentOptions { Endpoints = [new(IPAddress.Loopback, 0)], SecretKeys = Keys(), ChainId = 4242 },
            TimeProvider.System,
            NullLoggerFactory.Instance,
            Cancellation);
        JsonElement hash = await AskAsync(
            origin, "eth_sendTransaction", new { from = Alice, data = Keeper, gas = "0x30d40" });
        JsonElement receipt = await AskAsync(origin, "eth_getTransactionReceipt", hash);
        FakeRemote wire = await FakeRemote.StartAsync();
        wire.Answer = (method, parameters) => Forward(origin, method, parameters);
        ForkPair pair = new(origin, wire, receipt.GetProperty("contractAddress").GetString()!);
        await pair.KeepAsync(origin, 7);
        await AskAsync(origin, "eth_sendTransaction", new { from = Alice, to = Carol, value = "0x64" });
        return pair;
    }

    /// <summary>A chain that forks off.</summary>
    public async Task<DevelopmentNode> ForkAsync(
        Func<ForkOptions, ForkOptions>? change = null, Manner manner = Manner.Anvil, Stream? state = null)
    {
        ForkOptions options = new()
        {
            Remote = new RemoteOptions
            {
                Endpoints = [Wire.Address],
                UnitsPerSecond = null,
                Retries = 1,
                Backoff = TimeSpan.FromMilliseconds(1),
            },
            IsCached = false,
        };
        DevelopmentNode fork = await DevelopmentNode.StartAsync(
            new DevelopmentOptions
            {
                Endpoints = [new(IPAddress.Loopback, 0)],
                SecretKeys = Keys(),
                Manner = manner,
                Server = new RpcServerOptions { ServesMetrics = true },
                Fork = change?.Invoke(options) ?? options,
                State = state,
            },
            TimeProvider.System,
            NullLoggerFactory.Instance,
            Cancellation);
        _forks.Add(fork);
        return fork;
    }

    /// <summary>Has the contract keep a number; the hash of the transaction.</summary>
    public async Task<string> KeepAsync(DevelopmentNode node, ulong number, string from = Alice) =>
        (await AskAsync(node, "eth_sendTransaction", new { from, to = Contract, data = Word(number), gas = "0x186a0" }))
            .GetString()!;

    /// <summary>What the contract keeps.</summary>
    public async Task<string> KeptAsync(DevelopmentNode node, string block = "latest") =>
        (await AskAsync(node, "eth_call", new { to = Contract }, block)).GetString()!;

    public static string Word(ulong number) => $"0x{number:x64}";

    public static async Task<JsonElement> AskAsync(DevelopmentNode node, string method, params object?[] parameters)
    {
        JsonElement answer = await SendAsync(node, method, parameters);
        return answer.TryGetProperty("result", out JsonElement result)
            ? result
            : throw new InvalidOperationException($"{method}: {answer.GetProperty("error")}");
    }

    public static async Task<JsonElement> ErrorAsync(
        DevelopmentNode node, string method, params object?[] parameters) =>
        (await SendAsync(node, method, parameters)).GetProperty("error");

    public async ValueTask DisposeAsync()
    {
        foreach (DevelopmentNode fork in _forks)
        {
            await fork.DisposeAsync();
        }

        await Wire.DisposeAsync();
        await Origin.DisposeAsync();
    }

    /// <summary>The figures of a chain, as Prometheus reads them.</summary>
    public static Task<string> MetricsAsync(DevelopmentNode node) =>
        Client.GetStringAsync(new Uri(AddressOf(node), "metrics"), Cancellation);

    /// <summary>Puts a question to a chain, as the wire does.</summary>
    public static string Forward(DevelopmentNode node, string method, JsonElement parameters)
    {
        using HttpResponseMessage response = Client.PostAsJsonAsync(
            AddressOf(node), new { jsonrpc = "2.0", id = 1, method, @params = parameters }).GetAwaiter().GetResult();
        using JsonDocument answer = JsonDocument.Parse(
            response.Content.ReadAsStringAsync().GetAwaiter().GetResult(), new JsonDocumentOptions { MaxDepth = 512 });
        return answer.RootElement.TryGetProperty("result", out JsonElement result)
            ? result.GetRawText()
            : "!" + answer.RootElement.GetProperty("error").GetRawText();
    }

    public static async Task<JsonElement> SendAsync(
        DevelopmentNode node, string method, params object?[] parameters)
    {
        using HttpResponseMessage response = await Client.PostAsJsonAsync(
            AddressOf(node), new { jsonrpc = "2.0", id = 1, method, @params = parameters }, Cancellation);
        return (await response.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!.Deserialize<JsonElement>();
    }

    private static Uri AddressOf(DevelopmentNode node) => new($"http://{node.Server.Endpoints[0]}");

    private static List<ReadOnlyMemory<byte>> Keys()
    {
        byte[] alice = new byte[32];
        byte[] bob = new byte[32];
        alice[^1] = 1;
        bob[^1] = 2;
        return [alice, bob];
    }
}
