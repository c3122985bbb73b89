using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Koinon.ScenarioTests;

/// <summary>Traces of the real program reach a collector, and a collector that is away is named.</summary>
public sealed class TraceExportTests
{
    /// <summary>opentelemetry-proto: SPAN_KIND_SERVER, STATUS_CODE_ERROR.</summary>
    private const ulong Server = 2, Error = 2;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http", "application/x-protobuf")]
    [InlineData("grpc", "application/grpc")]
    public async Task Requests_OfAProgramWithACollector_ArriveAsSpans(string protocol, string contentType)
    {
        await using Collector collector = await Collector.StartAsync(protocol == "http", Cancellation);
        await using RunningProgram program = await StartAsync(collector.Url, protocol);
        await program.AskAsync("""{"id":1,"method":"eth_chainId"}""", Cancellation);
        await program.AskAsync("""{"id":1,"method":"eth_getBalance","params":["0x12"]}""", Cancellation);
        Assert.Equal(0, await program.TerminateAsync(Cancellation)); // What is left is sent at the end.

        Collector.Span good = await collector.FindAsync("eth_chainId", Cancellation);
        Collector.Span bad = await collector.FindAsync("eth_getBalance", Cancellation);

        Assert.Equal("koinon", collector.Service);
        Assert.Equal(contentType, collector.ContentType);
        Assert.Equal((Server, 0ul), (good.Kind, good.Status));
        Assert.Equal("jsonrpc", good.Attributes["rpc.system"]);
        Assert.Equal("eth_chainId", good.Attributes["rpc.method"]);
        Assert.False(good.Attributes.ContainsKey("rpc.jsonrpc.error_code"));
        Assert.Equal(Error, bad.Status);
        Assert.Equal("-32602", bad.Attributes["rpc.jsonrpc.error_code"]);
    }

    [Fact]
    public async Task Collector_ThatIsAway_IsNamedOnceAndHoldsNothingUp()
    {
        await using RunningProgram program = await StartAsync($"http://127.0.0.1:{FreePort()}", "http");
        await program.AskAsync("""{"id":1,"method":"eth_chainId"}""", Cancellation);

        string said = await program.ReadErrorAsync("collector", Cancellation);

        Assert.Contains("do not reach the collector at http://127.0.0.1:", said);
        Assert.Contains("--otlp-endpoint", said);
        Assert.Equal(0, await program.TerminateAsync(Cancellation));
    }

    [Fact]
    public async Task Collector_ThatNeverAnswers_DoesNotDelayTheEnd()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        await using RunningProgram program = await StartAsync($"http://{silent.LocalEndpoint}", "grpc");
        await program.AskAsync("""{"id":1,"method":"eth_chainId"}""", Cancellation);

        long start = Stopwatch.GetTimestamp();
        Assert.Equal(0, await program.TerminateAsync(Cancellation));

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static Task<RunningProgram> StartAsync(string url, string protocol) => RunningProgram.StartAsync(
        ["dev", "--port", "0", "--quiet", "--otlp-endpoint", url, "--otlp-protocol", protocol], Cancellation);

    private static int FreePort()
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }
}
