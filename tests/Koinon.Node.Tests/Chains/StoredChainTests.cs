using System.Net;
using System.Text.Json;
using Koinon.Node.Chains;
using Koinon.Node.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Koinon.Node.Tests.Chains;

public sealed class StoredChainTests : IDisposable
{
    private const string Merged = "\"berlinBlock\":0,\"londonBlock\":0,\"terminalTotalDifficulty\":0";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("koinon-genesis-");

    private string Data => Path.Combine(_directory.FullName, "data");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void TryOpen_WithAnotherNumberOfChain_IsRefused()
    {
        Assert.Null(Open(Genesis(7)));

        string error = Open(Genesis(8))!;

        Assert.Contains("holds chain 7", error);
        Assert.Contains("of chain 8", error);
        Assert.Null(Open(null)); // What was kept is what it was made with.
    }

    [Fact]
    public void TryOpen_WithAForkThatHasBegunElsewhere_IsRefused()
    {
        Assert.Null(Open(Genesis(7, forks: "\"berlinBlock\":0")));

        string error = Open(Genesis(7, forks: "\"berlinBlock\":9"))!;

        Assert.Contains("Berlin from number 0 on", error);
        Assert.Contains("a fork that has begun cannot be moved", error);
    }

    [Fact]
    public void TryOpen_WithAForkToCome_IsPlannedAnew()
    {
        Assert.Null(Open(Genesis(7, forks: Merged + ",\"shanghaiTime\":5000000000")));
        Assert.Null(Open(Genesis(7, forks: Merged + ",\"shanghaiTime\":6000000000")));
        Assert.Null(Open(Genesis(7)));
    }

    [Fact]
    public void TryOpenToRead_OfNothing_SaysSoAndMakesNothing()
    {
        ChainOptions options = new() { Directory = Data, GenesisFile = Genesis(7) };

        Assert.False(StoredChain.TryOpenToRead(options, out _, out string? error));
        Assert.False(StoredChain.TryOpenThere(options, out _, out string? same));

        Assert.Equal($"'{Data}' holds no chain", error);
        Assert.Equal(error, same);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task Namespaces_OfANode_AreThoseOfItsMethods()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        ChainNodeOptions options = new()
        {
            Chain = new ChainOptions { Directory = Data, GenesisFile = Genesis(7) },
            Server = new RpcServerOptions { Endpoints = [new IPEndPoint(IPAddress.Loopback, 0)] },
            ClientVersion = "koinon/test",
        };
        Assert.True(StoredChain.TryOpen(options.Chain, out StoredChain? chain, out _));
        await using ChainNode node =
            await ChainNode.StartAsync(chain, options, NullLoggerFactory.Instance, cancellation);
        using HttpClient client = new();
        using StringContent body = new("""{"id":1,"method":"rpc_modules"}""");

        using HttpResponseMessage response =
            await client.PostAsync(new Uri($"http://{node.Server.Endpoint}/"), body, cancellation);

        using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellation));
        Assert.Equal(
            ChainNode.Namespaces,
            answer.RootElement.GetProperty("result").EnumerateObject().Select(static one => one.Name).Order());
    }

    private string? Open(string? genesis)
    {
        ChainOptions options = new() { Directory = Data, GenesisFile = genesis };
        bool isOpen = StoredChain.TryOpen(options, out StoredChain? chain, out string? error);
        chain?.Dispose();
        Assert.Equal(isOpen, error is null);
        return error;
    }

    private string Genesis(int chainId, string forks = Merged)
    {
        string path = Path.Combine(_directory.FullName, "genesis.json");
        File.WriteAllText(
            path,
            $$$"""
            {"config":{"chainId":{{{chainId}}},"homesteadBlock":0,"eip150Block":0,"eip155Block":0,"eip158Block":0,
            "byzantiumBlock":0,"constantinopleBlock":0,"petersburgBlock":0,"istanbulBlock":0,
            {{{forks}}}},"difficulty":"0x0","gasLimit":"0x1c9c380","alloc":{}}
            """);
        return path;
    }
}
