using System.CommandLine;
using System.Net;
using Koinon.Cli.Commands;
using Koinon.Node.Hosting;
using Koinon.Rpc.Dispatch;

namespace Koinon.Cli.Tests.Commands;

public sealed class ServerOptionsTests
{
    private readonly ServerOptions _options = new();

    [Fact]
    public void Limits_ThatAreNotGiven_StayAsTheVerbHasThem()
    {
        RpcLimits limits = new() { CallGasMax = 7, LogsMax = 8, BodyBytesMax = int.MaxValue };
        Assert.Equal(limits, _options.Limits(Parse(), limits));
    }

    [Fact]
    public void Limits_ThatAreGiven_AreTaken()
    {
        ParseResult arguments = Parse(
            "--body-max", "2048", "--batch-max", "2", "--depth-max", "5", "--response-max", "4096",
            "--subscriptions-max", "3", "--events-max", "16", "--filters-max", "4", "--logs-max", "5",
            "--logs-range-max", "6", "--logs-timeout", "7", "--call-gas-max", "8", "--call-timeout", "9");
        RpcLimits limits = _options.Limits(arguments, new RpcLimits());
        RpcLimits expected = new()
        {
            BodyBytesMax = 2048,
            BatchItemsMax = 2,
            DepthMax = 5,
            ResponseBytesMax = 4096,
            SubscriptionsMax = 3,
            NotificationsMax = 16,
            FiltersMax = 4,
            LogsMax = 5,
            LogRangeMax = 6,
            LogsTimeMax = TimeSpan.FromSeconds(7),
            CallGasMax = 8,
            CallTimeMax = TimeSpan.FromSeconds(9),
        };
        Assert.Equal(expected, limits);
    }

    [Theory]
    [InlineData("--body-max", "0", "1024 to")]
    [InlineData("--batch-max", "-1", "1 to")]
    [InlineData("--connections-max", "0", "1 to")]
    public void Numbers_OutOfRange_AreNamedWithTheirRange(string name, string value, string range) =>
        Assert.Contains(range, Assert.Single(Parse(name, value).Errors).Message);

    [Fact]
    public void Server_TakesHostsAndConnections()
    {
        RpcServerOptions server = _options.Server(
            Parse("--http-hosts", "chain", "--connections-max", "5"), new RpcServerOptions { IpcPath = "p" });
        Assert.Equal(["chain"], server.AllowedHosts);
        Assert.Equal(5, server.ConnectionsMax);
        Assert.Equal("p", server.IpcPath);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("192.168.1.1", false)]
    public void Accounts_OnAnAddressOfOthers_NeedAnOption(string address, bool isServed)
    {
        IPEndPoint[] endpoints = [new(IPAddress.Loopback, 1), new(IPAddress.Parse(address), 1)];
        Assert.Equal(isServed, _options.Refusal(Parse(), endpoints) is null);
        Assert.Null(_options.Refusal(Parse("--allow-insecure-unlock"), endpoints));
        if (!isServed)
        {
            Assert.Contains("add --allow-insecure-unlock", _options.Refusal(Parse(), endpoints));
        }
    }

    private ParseResult Parse(params string[] arguments)
    {
        RootCommand root = [];
        foreach (Option option in _options.All)
        {
            root.Options.Add(option);
        }

        return root.Parse(arguments);
    }
}
