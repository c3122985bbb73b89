using System.Net;
using System.Xml.Linq;
using Koinon.Node.Development;
using Koinon.Rpc.Discovery;
using Koinon.Rpc.Engine;
using Microsoft.Extensions.Logging.Abstractions;

namespace Koinon.Node.Tests.Reference;

public sealed class JsonRpcPageTests
{
    private const string Update = "KOINON_UPDATE_PAGES";

    [Fact]
    public async Task Page_OfJsonRpc_IsTheOneInDocs()
    {
        string page = await PageAsync();
        string path = Path.Combine(Root(), "docs", "json-rpc.md");
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            await File.WriteAllTextAsync(path, page, TestContext.Current.CancellationToken);
        }

        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == page,
            $"docs/json-rpc.md is not what the method classes say: run this test once with {Update}=1.");
    }

    [Fact]
    public async Task Page_OfJsonRpc_SaysOfEveryMethodWhatItDoes()
    {
        string page = await PageAsync();
        Assert.Contains("| `eth_getBalance(account, block?)` | quantity | ", page);
        Assert.Contains("`engine_newPayloadV4(", page);
        Assert.DoesNotContain("|  |", page);
    }

    private static async Task<string> PageAsync()
    {
        DevelopmentOptions options = new()
        {
            Endpoints = [new IPEndPoint(IPAddress.Loopback, 0)],
            Timestamp = 1_700_000_000,
        };
        DevelopmentChain chain = await DevelopmentChain.CreateAsync(
            options, TimeProvider.System, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
        await using (chain)
        {
            using EngineMethods engine = new(chain.Parts, new EngineOptions());
            XDocument documentation = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Koinon.Rpc.xml"));
            return new JsonRpcPage(documentation).Write(
            [
                .. DevelopmentMethods.Create(chain.Parts, chain.Development, remote: null).Methods,
                .. engine.All,
            ]);
        }
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Koinon.slnx")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }
}
