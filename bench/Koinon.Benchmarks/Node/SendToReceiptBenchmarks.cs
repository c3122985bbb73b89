using System.Buffers;
using System.Net;
using System.Text;
using BenchmarkDotNet.Attributes;
using Koinon.Node.Development;
using Microsoft.Extensions.Logging.Abstractions;

namespace Koinon.Benchmarks.Node;

/// <summary>
/// A transaction from its send to its receipt on a development chain, in process: json-rpc.md 6, row 15, asks for less
/// than a millisecond.
/// </summary>
public class SendToReceiptBenchmarks
{
    private const string Alice = "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf";

    private static readonly byte[] Send = Encoding.UTF8.GetBytes(
        $$"""
        {"jsonrpc":"2.0","id":1,"method":"eth_sendTransaction","params":[{"from":"{{Alice}}","to":"{{Alice}}",
        "value":"0x1","gas":"0x5208"}]}
        """);

    private readonly ArrayBufferWriter<byte> _answer = new();
    private DevelopmentNode _node = null!;

    /// <summary>Starts a chain.</summary>
    [GlobalSetup]
    public void Start()
    {
        byte[] secret = new byte[32];
        secret[^1] = 1;
        _node = DevelopmentNode.StartAsync(
            new DevelopmentOptions
            {
                Endpoints = [new IPEndPoint(IPAddress.Loopback, 0)],
                SecretKeys = [secret],
                BlocksKept = 256,
            },
            TimeProvider.System,
            NullLoggerFactory.Instance,
            CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>Ends it.</summary>
    [GlobalCleanup]
    public Task EndAsync() => _node.DisposeAsync().AsTask();

    /// <summary>A payment that is signed here, and its receipt.</summary>
    [Benchmark]
    public async Task<int> SendTransactionAndReceipt()
    {
        string sent = await AskAsync(Send).ConfigureAwait(false);
        int at = sent.IndexOf("\"result\":\"", StringComparison.Ordinal) + 10;
        byte[] question = Encoding.UTF8.GetBytes(
            $$"""
            {"jsonrpc":"2.0","id":2,"method":"eth_getTransactionReceipt","params":["{{sent.Substring(at, 66)}}"]}
            """);
        string receipt = await AskAsync(question).ConfigureAwait(false);
        return receipt.Contains("\"status\":\"0x1\"", StringComparison.Ordinal)
            ? receipt.Length
            : throw new InvalidOperationException(receipt);
    }

    private async Task<string> AskAsync(byte[] body)
    {
        _answer.ResetWrittenCount();
        await _node.Dispatcher.AnswerAsync(body, _answer, CancellationToken.None).ConfigureAwait(false);
        return Encoding.UTF8.GetString(_answer.WrittenSpan);
    }
}
