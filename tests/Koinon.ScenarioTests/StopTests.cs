using System.Diagnostics;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Koinon.ScenarioTests;

/// <summary>Whatever is open when the program is asked to end, it ends in order within five seconds.</summary>
public sealed class StopTests : IDisposable
{
    /// <summary>Code that never ends: a jump to itself.</summary>
    private const string Endless = "0x5b600056", Contract = "0x00000000000000000000000000000000000c0de5";

    private static readonly TimeSpan Most = TimeSpan.FromSeconds(5);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("koinon-stop-");
    private readonly List<IDisposable> _open = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _open.ForEach(static one => one.Dispose());
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Dev_WithCallsTracesAndSubscribersOpen_EndsWithinFiveSeconds()
    {
        string socket = Path.Combine(_directory.FullName, "ipc");
        await using RunningProgram program = await RunningProgram.StartAsync(
            [
                "dev", "--port", "0", "--quiet", "--datadir", Path.Combine(_directory.FullName, "data"),
                "--ipc", socket, "--block-time", "0.1", "--call-gas-max", "9000000000000000", "--call-timeout", "3600",
            ],
            Cancellation);
        await AskAsync(program, "anvil_setCode", $"\"{Contract}\",\"{Endless}\"");
        for (int i = 0; i < 4; i++)
        {
            await OpenAsync(program, Request("eth_call", $"{{\"to\":\"{Contract}\",\"gas\":\"0x1ffffffffffffe\"}}"));
            await OpenAsync(program, Request("debug_traceCall", $"{{\"to\":\"{Contract}\"}},\"latest\",{{}}"));
            await SubscribeAsync(program);
        }

        await OpenAsync(program, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{");
        await OpenAsync(program, "POST / HT");
        Socket local = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _open.Add(local);
        await local.ConnectAsync(new UnixDomainSocketEndPoint(socket), Cancellation);
        await local.SendAsync("""{"id":1,"method":"eth_subscribe","params":["newHeads"]}{"id":2,"""u8.ToArray());

        // All of it is at work when a read that came later is answered.
        await AskAsync(program, "eth_blockNumber", "");
        long start = Stopwatch.GetTimestamp();
        int exitCode = await program.TerminateAsync(Cancellation);

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, Most);
        Assert.Equal(0, exitCode);
        Assert.False(File.Exists(socket));
    }

    [Fact]
    public async Task Dev_AskedToTerminateWhileItsDumpIsLong_WritesItWhole()
    {
        string dump = Path.Combine(_directory.FullName, "state.json");
        await using RunningProgram program = await RunningProgram.StartAsync(
            ["dev", "--port", "0", "--quiet", "--dump-state", dump], Cancellation);
        await AskAsync(program, "anvil_mine", "\"0x100\"");

        Assert.Equal(0, await program.TerminateAsync(Cancellation));

        using JsonDocument whole = JsonDocument.Parse(await File.ReadAllBytesAsync(dump, Cancellation));
        Assert.Equal(JsonValueKind.Object, whole.RootElement.ValueKind);
    }

    [Theory]
    [InlineData("export")]
    [InlineData("db export")]
    public async Task Export_AskedToTerminate_LeavesNoHalfFile(string verb)
    {
        string data = Path.Combine(_directory.FullName, "data"), file = Path.Combine(_directory.FullName, "out");
        await using (RunningProgram program = await RunningProgram.StartAsync(
            ["dev", "--port", "0", "--quiet", "--datadir", data], Cancellation))
        {
            await AskAsync(program, "anvil_mine", "\"0x3e8\"");
            Assert.Equal(0, await program.TerminateAsync(Cancellation));
        }

        await using RunningProgram export = RunningProgram.StartWithoutWaiting(
            [.. verb.Split(' '), file, "--datadir", data]);
        using FileSystemWatcher watcher = new(_directory.FullName, "out.part");
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Created += (_, _) => begun.TrySetResult();
        watcher.EnableRaisingEvents = true;
        if (File.Exists(file + ".part") || File.Exists(file)) begun.TrySetResult();
        await begun.Task.WaitAsync(Cancellation);

        int exitCode = await export.TerminateAsync(Cancellation);

        // It may have come to its end before it was asked.
        Assert.Equal(File.Exists(file) ? 0 : 1, exitCode);
        Assert.False(File.Exists(file + ".part"));
    }

    private async Task SubscribeAsync(RunningProgram program)
    {
        ClientWebSocket socket = new();
        _open.Add(socket);
        await socket.ConnectAsync(new Uri($"ws://{program.Url.Authority}/"), Cancellation);
        byte[] request = """{"id":1,"method":"eth_subscribe","params":["newHeads"]}"""u8.ToArray();
        await socket.SendAsync(request, WebSocketMessageType.Text, endOfMessage: true, Cancellation);
    }

    /// <summary>Sends bytes and reads nothing.</summary>
    private async Task OpenAsync(RunningProgram program, string bytes)
    {
        TcpClient client = new();
        _open.Add(client);
        await client.ConnectAsync(program.Url.Host, program.Url.Port, Cancellation);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(bytes), Cancellation);
    }

    private static string Request(string method, string parameters)
    {
        string body = $"{{\"id\":1,\"method\":\"{method}\",\"params\":[{parameters}]}}";
        return $"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: {body.Length}\r\n\r\n{body}";
    }

    private static async Task AskAsync(RunningProgram program, string method, string parameters)
    {
        JsonElement answer = await program.AskAsync(
            $"{{\"id\":1,\"method\":\"{method}\",\"params\":[{parameters}]}}", Cancellation);
        Assert.True(answer.TryGetProperty("result", out _), answer.ToString());
    }
}
