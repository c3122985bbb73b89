using Koinon.Rpc.Http;
using Microsoft.AspNetCore.Http;

namespace Koinon.Rpc.Tests.Http;

public sealed class OriginPolicyTests
{
    [Theory]
    [InlineData("127.0.0.1:8545", null)]
    [InlineData("localhost:8545", null)]
    [InlineData("app.localhost", null)]
    [InlineData("[::1]:8545", null)]
    [InlineData("192.168.1.7", null)]
    [InlineData("", null)]
    [InlineData("localhost:8545", "http://localhost:3000")]
    [InlineData("localhost:8545", "https://127.0.0.1:5173")]
    [InlineData("localhost:8545", "chrome-extension://nkbihfbeogaeaoehlefnkodbefgpgknn")]
    public void Refuse_OfThisMachine_IsNothing(string host, string? origin) =>
        Assert.Null(Policy([], []).Refuse(Request(host, origin)));

    [Theory]
    [InlineData("chain.example", null, "--http-hosts chain.example")]
    [InlineData("localhost.example", null, "--http-hosts localhost.example")]
    [InlineData("localhost", "https://app.example", "--allow-origin https://app.example")]
    [InlineData("localhost", "null", "--allow-origin null")]
    [InlineData("localhost", "https://localhost.example", "--allow-origin https://localhost.example")]
    public void Refuse_OfStrangers_NamesTheOption(string host, string? origin, string option) =>
        Assert.Contains(option, Policy([], []).Refuse(Request(host, origin)));

    [Fact]
    public void Refuse_OfWhatIsAllowed_IsNothing()
    {
        OriginPolicy policy = Policy(["https://app.example"], ["chain.example"]);
        DefaultHttpContext request = Request("chain.example:8545", "https://app.example");
        Assert.Null(policy.Refuse(request));
        Assert.Equal("https://app.example", request.Response.Headers.AccessControlAllowOrigin);
        Assert.Equal("Origin", request.Response.Headers.Vary);
    }

    [Fact]
    public void Refuse_WhereAllIsAllowed_AnnouncesIt()
    {
        DefaultHttpContext request = Request("chain.example", "https://app.example");
        Assert.Null(Policy(["*"], ["*"]).Refuse(request));
        Assert.Equal("*", request.Response.Headers.AccessControlAllowOrigin);
    }

    private static OriginPolicy Policy(string[] origins, string[] hosts) => new(origins, hosts, isAnnounced: true);

    private static DefaultHttpContext Request(string host, string? origin)
    {
        DefaultHttpContext context = new();
        context.Request.Host = new HostString(host);
        if (origin is not null)
        {
            context.Request.Headers.Origin = origin;
        }

        return context;
    }
}
