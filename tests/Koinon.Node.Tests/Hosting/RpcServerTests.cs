using System.Net;
using System.Net.Sockets;
using System.Text;
using Koinon.Node.Hosting;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Web3;
using Microsoft.Extensions.Logging.Abstractions;

namespace Koinon.Node.Tests.Hosting;

public sealed class RpcServerTests
{
    private const string Question = """{"jsonrpc":"2.0","id":1,"method":"web3_clientVersion"}""";
    private const string Answer = """{"jsonrpc":"2.0","id":1,"result":"koinon/test"}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_OfARequest_IsAnsweredOnThePortThatTheServerNames()
    {
        await using RpcServer server = await StartAsync();
        using HttpClient client = new();

        using HttpResponseMessage response = await client.PostAsync(Url(server), Body(Question), Cancellation);

        Assert.NotEqual(0, server.Endpoint.Port);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(Answer, await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Post_InManyPieces_IsAnswered()
    {
        await using RpcServer server = await StartAsync();
        using HttpClient client = new();
        string padded = Question.Replace("\"id\"", new string(' ', 300_000) + "\"id\"", StringComparison.Ordinal);
        using HttpRequestMessage request = new(HttpMethod.Post, Url(server)) { Content = Body(padded) };
        request.Headers.TransferEncodingChunked = true;

        using HttpResponseMessage response = await client.SendAsync(request, Cancellation);

        Assert.Equal(Answer, await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_OverTheLimit_IsRefusedWithTheLimitsName(bool chunked)
    {
        await using RpcServer server = await StartAsync(new RpcLimits { BodyBytesMax = 1000 });
        using HttpClient client = new();
        using HttpRequestMessage request = new(HttpMethod.Post, Url(server)) { Content = Body(new string(' ', 1001)) };
        request.Headers.TransferEncodingChunked = chunked;

        using HttpResponseMessage response = await client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        string answer = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("-32600", answer);
        Assert.Contains("at most 1000 bytes", answer);
    }

    [Fact]
    public async Task Post_ThatIsCutShort_IsTheCallersFaultAndIsNotLogged()
    {
        LoggedErrors logged = new();
        await using ServerHarness harness = await ServerHarness.StartAsync(logged);
        await using NetworkStream stream = await harness.OpenTcpAsync();
        await stream.WriteAsync(
            "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n"u8.ToArray(),
            Cancellation);
        using StreamReader reader = new(stream);

        Assert.Contains("400 Bad Request", await reader.ReadToEndAsync(Cancellation));
        Assert.Empty(logged.Messages);
    }

    [Fact]
    public async Task Get_IsToldToPost()
    {
        await using RpcServer server = await StartAsync();
        using HttpClient client = new();

        using HttpResponseMessage response = await client.GetAsync(Url(server), Cancellation);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Contains("POST", response.Content.Headers.Allow);
    }

    [Fact]
    public async Task Start_OnATakenPort_SaysWhichOne()
    {
        await using RpcServer server = await StartAsync();

        EndpointTakenException taken = await Assert.ThrowsAsync<EndpointTakenException>(
            () => StartAsync(port: server.Endpoint.Port));

        Assert.Equal(server.Endpoint, taken.Endpoint);
        Assert.Contains("choose another port", taken.Message);
    }

    private static Task<RpcServer> StartAsync(RpcLimits? limits = null, int port = 0)
    {
        RpcMethodTable table = new([new Web3ClientVersion("koinon/test")]);
        RpcDispatcher dispatcher = new(table, limits ?? new RpcLimits(), NullLogger<RpcDispatcher>.Instance);
        RpcServerOptions options = new() { Endpoints = [new(IPAddress.Loopback, port)] };
        return RpcServer.StartAsync(dispatcher, options, NullLoggerFactory.Instance, Cancellation);
    }

    private static Uri Url(RpcServer server) => new($"http://{server.Endpoint}/");

    private static StringContent Body(string text) => new(text, Encoding.UTF8, "application/json");
}
