using System.Text.Json;
using Koinon.Rpc.Tests.Conformance;

namespace Koinon.Rpc.Tests.Discovery;

public sealed class RpcDiscoverTests : IDisposable
{
    private readonly ConformanceChain _chain = ConformanceChain.Open();

    [Fact]
    public async Task RpcModules_OfAChain_NamesEveryNamespace()
    {
        using JsonDocument answer = await _chain.AskAsync("""{"id":1,"method":"rpc_modules"}""");
        JsonElement modules = answer.RootElement.GetProperty("result");
        foreach (string name in (string[])["debug", "eth", "net", "rpc", "txpool", "web3"])
        {
            Assert.Equal("1.0", modules.GetProperty(name).GetString());
        }
    }

    [Fact]
    public async Task RpcDiscover_OfAChain_DescribesEveryMethodWithItsParameters()
    {
        using JsonDocument answer = await _chain.AskAsync("""{"id":1,"method":"rpc.discover"}""");
        JsonElement document = answer.RootElement.GetProperty("result");
        Dictionary<string, JsonElement> methods = document.GetProperty("methods").EnumerateArray()
            .ToDictionary(static method => method.GetProperty("name").GetString()!);
        Assert.All(methods.Values, static method => Assert.True(method.TryGetProperty("result", out _)));
        JsonElement balance = methods["eth_getBalance"];
        Assert.Equal(
            ["account", "block"],
            balance.GetProperty("params").EnumerateArray().Select(static one => one.GetProperty("name").GetString()));
        Assert.Equal(
            [true, false],
            balance.GetProperty("params").EnumerateArray().Select(static one =>
                one.GetProperty("required").GetBoolean()));
        Assert.Equal(
            "^0x(0|[1-9a-f][0-9a-f]*)$",
            balance.GetProperty("result").GetProperty("schema").GetProperty("pattern").GetString());
        Assert.Equal(
            ["call", "block", "accounts", "blockOverride"],
            methods["eth_call"].GetProperty("params").EnumerateArray().Select(static one =>
                one.GetProperty("name").GetString()));
    }

    public void Dispose() => _chain.Dispose();
}
