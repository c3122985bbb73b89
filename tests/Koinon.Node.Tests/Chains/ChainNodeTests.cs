using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Koinon.Node.Chains;
using Koinon.Node.Hosting;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Koinon.Node.Tests.Chains;

/// <summary>What a node demands of those who send through it, and offers them, unless it is told otherwise.</summary>
public sealed class ChainNodeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1337, 100_000, null)]
    [InlineData(1337, 40_000, "tx fee (1.20 ether) exceeds the configured cap (1.00 ether)")]
    [InlineData(null, 100_000, "only replay-protected (EIP-155) transactions allowed over RPC")]
    public async Task ATransaction_ThatMayBeAMistake_IsRefused(int? chainId, int gasLimit, string? text)
    {
        using ChainMaker maker = new();
        await using ChainNode node = await StartAsync(maker, static options => options);

        // Thirty ether for a million gas.
        string raw = Raw(chainId, gasLimit, price: text?.StartsWith("tx fee", StringComparison.Ordinal) == true
            ? 30_000_000_000_000ul
            : 10_000_000_000ul);
        JsonElement answer = await AskAsync(node, "eth_sendRawTransaction", $"\"{raw}\"");

        Assert.Equal(text is null, answer.TryGetProperty("result", out _));
        if (text is not null)
        {
            Assert.Equal(-32000, answer.GetProperty("error").GetProperty("code").GetInt32());
            Assert.Equal(text, answer.GetProperty("error").GetProperty("message").GetString());
        }
    }

    [Fact]
    public async Task ATransaction_ThatMayBeAMistake_IsTakenWhereThatIsAskedFor()
    {
        using ChainMaker maker = new();
        await using ChainNode node = await StartAsync(maker, static options => options with { Terms = new() });

        JsonElement answer = await AskAsync(
            node, "eth_sendRawTransaction", $"\"{Raw(null, 40_000, 30_000_000_000_000)}\"");

        Assert.True(answer.TryGetProperty("result", out _), answer.GetRawText());
    }

    [Fact]
    public async Task TheTip_IsThatOfRecentBlocks()
    {
        using ChainMaker maker = new();
        maker.Extend(5);
        await using ChainNode node = await StartAsync(maker, static options => options);

        ulong tip = await NumberAsync(node, "eth_maxPriorityFeePerGas");

        Assert.InRange(tip, 9_000_000_000ul, 10_000_000_000ul);
        Assert.Equal(await NumberAsync(node, "eth_baseFee") + tip, await NumberAsync(node, "eth_gasPrice"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TotalDifficulty_IsShownToThoseWhoWantIt(bool isWanted)
    {
        using ChainMaker maker = new();
        await using ChainNode node = await StartAsync(
            maker, options => options with { ShowsTotalDifficulty = isWanted });

        foreach (string block in (string[])["latest", "pending"])
        {
            JsonElement answer = await AskAsync(node, "eth_getBlockByNumber", $"\"{block}\",false");
            Assert.Equal(isWanted, answer.GetProperty("result").TryGetProperty("totalDifficulty", out _));
        }
    }

    private static async Task<ChainNode> StartAsync(
        ChainMaker maker, Func<ChainNodeOptions, ChainNodeOptions> change)
    {
        Assert.True(StoredChain.TryOpen(maker.Options, out StoredChain? chain, out string? error), error);
        if (maker.Ledger.Head.Number > 0)
        {
            using BlockFile file = new(maker.Export("blocks.rlp"));
            Assert.Null((await new ChainImport(chain.Ledger).RunAsync(file, Cancellation)).Error);
        }

        ChainNodeOptions options = new()
        {
            Chain = maker.Options,
            Server = new RpcServerOptions { Endpoints = [new IPEndPoint(IPAddress.Loopback, 0)] },
            ClientVersion = "koinon/test",
        };
        return await ChainNode.StartAsync(chain, change(options), NullLoggerFactory.Instance, Cancellation);
    }

    private static string Raw(int? chainId, int gasLimit, ulong price) => Hex.Encode(ChainMaker.Sign(new Transaction
    {
        Type = TransactionType.Legacy,
        ChainId = chainId is { } id ? (UInt256)(ulong)id : null,
        Nonce = 0,
        GasLimit = (ulong)gasLimit,
        MaxFeePerGas = price,
        MaxPriorityFeePerGas = price,
        To = Address.Parse("0x00000000000000000000000000000000000000aa"),
        Value = 1,
        Data = ReadOnlyMemory<byte>.Empty,
    }).Encoded.Span);

    private static async Task<ulong> NumberAsync(ChainNode node, string method) =>
        Convert.ToUInt64((await AskAsync(node, method, "")).GetProperty("result").GetString(), 16);

    private static async Task<JsonElement> AskAsync(ChainNode node, string method, string parameters)
    {
        using HttpClient client = new();
        using StringContent body = new(
            $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":[{{parameters}}]}""");
        using HttpResponseMessage response = await client.PostAsync(
            new Uri($"http://{node.Server.Endpoint}/"), body, Cancellation);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }
}
