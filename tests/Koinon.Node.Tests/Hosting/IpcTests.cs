using System.Net.Sockets;
using System.Text;
using Koinon.Node.Hosting;
using Koinon.Rpc.Connections;
using Koinon.Rpc.Dispatch;

namespace Koinon.Node.Tests.Hosting;

public sealed class IpcTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Values_WithoutAnyMarkBetweenThem_AreAnswered()
    {
        await using ServerHarness harness = await StartAsync();
        await using NetworkStream stream = await harness.OpenIpcAsync();
        using StreamReader reader = new(stream);
        await stream.WriteAsync(
            """{"id":1,"method":"evm_fast"}[{"id":2,"method":"evm_fast"}]  {"id":3,"method":"evm_fast"}"""u8.ToArray(),
            Cancellation);
        Assert.Equal("""{"jsonrpc":"2.0","id":1,"result":true}""", await reader.ReadLineAsync(Cancellation));
        Assert.Equal("""[{"jsonrpc":"2.0","id":2,"result":true}]""", await reader.ReadLineAsync(Cancellation));
        Assert.Equal("""{"jsonrpc":"2.0","id":3,"result":true}""", await reader.ReadLineAsync(Cancellation));
    }

    [Fact]
    public async Task Caller_ThatSendsNoMore_StillGetsItsAnswers()
    {
        await using ServerHarness harness = await StartAsync();
        await using NetworkStream stream = await harness.OpenIpcAsync();
        await stream.WriteAsync("""{"id":1,"method":"web3_clientVersion"}"""u8.ToArray(), Cancellation);
        stream.Socket.Shutdown(SocketShutdown.Send);
        using StreamReader reader = new(stream);
        Assert.Equal(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"koinon/test\"}\n", await reader.ReadToEndAsync(Cancellation));
    }

    [Theory]
    [InlineData("nonsense ")]
    [InlineData("{]}")]
    public async Task NoJson_IsAnErrorAndTheEnd(string text)
    {
        await using ServerHarness harness = await StartAsync();
        await using NetworkStream stream = await harness.OpenIpcAsync();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), Cancellation);
        using StreamReader reader = new(stream);
        Assert.Contains("-32700", await reader.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task Message_OverTheLimit_IsToldSo()
    {
        await using ServerHarness harness = await StartAsync(new RpcLimits { BodyBytesMax = 1000 });
        await using NetworkStream stream = await harness.OpenIpcAsync();
        await stream.WriteAsync(Encoding.UTF8.GetBytes("\"" + new string('a', 2000)), Cancellation);
        using StreamReader reader = new(stream);
        Assert.Contains("at most 1000 bytes", await reader.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task Message_ThatNeverEnds_IsToldSoAndClosed()
    {
        HeldTime time = new();
        await using ServerHarness harness = await StartAsync(clock: time);
        await using NetworkStream stream = await harness.OpenIpcAsync();
        await stream.WriteAsync("""{"id":1,"method":"""u8.ToArray(), Cancellation);
        await time.EndAsync(TimeSpan.FromSeconds(30), Cancellation);
        using StreamReader reader = new(stream);
        Assert.Contains("message not complete within 30 s", await reader.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task Caller_ThatIsSilentBetweenTwoValues_IsNotClosed()
    {
        HeldTime time = new();
        await using ServerHarness harness = await StartAsync(clock: time);
        await using NetworkStream stream = await harness.OpenIpcAsync();
        using StreamReader reader = new(stream);
        await stream.WriteAsync("""{"id":1,"""u8.ToArray(), Cancellation);
        await stream.WriteAsync("\"method\":\"evm_fast\"}\n \n"u8.ToArray(), Cancellation);
        Assert.Contains("\"id\":1", await reader.ReadLineAsync(Cancellation));
        await stream.WriteAsync("""{"id":2,"method":"evm_fast"}"""u8.ToArray(), Cancellation);
        Assert.Contains("\"id\":2", await reader.ReadLineAsync(Cancellation));
    }

    [Fact]
    public async Task Socket_LeftBehind_IsTakenOver()
    {
        string path = ServerHarness.NewIpcPath();
        using (Socket killed = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            killed.Bind(new UnixDomainSocketEndPoint(path));
        }

        await using ServerHarness harness = await StartAsync(path: path);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        await Assert.ThrowsAsync<EndpointException>(() => StartAsync(path: path));
        await harness.DisposeAsync();
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task File_ThatIsNoSocket_IsNotTouched()
    {
        string path = ServerHarness.NewIpcPath();
        await File.WriteAllTextAsync(path, "letters", Cancellation);
        await Assert.ThrowsAsync<EndpointException>(() => StartAsync(path: path));
        Assert.Equal("letters", await File.ReadAllTextAsync(path, Cancellation));
        File.Delete(path);
    }

    [Theory]
    [InlineData("", "is a folder")]
    [InlineData("no/such/folder/x.ipc", "lies in a folder that does not exist")]
    [InlineData(
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "is too long for a socket")]
    public async Task Path_WhereNoSocketCanBe_SaysWhy(string name, string reason)
    {
        string path = Path.Combine(Path.GetTempPath(), name);
        EndpointException refusal = await Assert.ThrowsAsync<EndpointException>(() => StartAsync(path: path));
        Assert.Contains(reason, refusal.Message);
        Assert.Contains("--ipc PATH", refusal.Message);
    }

    private static Task<ServerHarness> StartAsync(
        RpcLimits? limits = null, string? path = null, TimeProvider? clock = null) =>
        ServerHarness.StartAsync(
            limits,
            new RpcServerOptions
            {
                IpcPath = path ?? ServerHarness.NewIpcPath(),
                Conversations = new ConversationOptions { Clock = clock ?? TimeProvider.System },
            },
            new GateMethod("evm_fast", Task.CompletedTask));
}
