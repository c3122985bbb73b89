using System.Buffers;
using System.Text;
using System.Text.Json;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Web3;
using Microsoft.Extensions.Logging.Abstractions;

namespace Koinon.Rpc.Tests.Dispatch;

public sealed class RpcStreamMethodTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answer_ThatIsShort_IsSentWhole()
    {
        PieceOutput output = new();
        await Ask("""{"id":1,"method":"test_count","params":[3]}""", output);
        Assert.Equal("""{"jsonrpc":"2.0","id":1,"result":[0,1,2]}""", output.Text);
        Assert.Single(output.Pieces);
    }

    [Fact]
    public async Task Answer_ThatIsLong_IsSentInPiecesAndNeverHeldWhole()
    {
        PieceOutput output = new();
        await Ask("""{"id":1,"method":"test_count","params":[300000]}""", output);
        Assert.True(output.Pieces.Count > 10);
        Assert.True(output.Pieces.Max() < 64 * 1024);
        using JsonDocument answer = JsonDocument.Parse(output.Text);
        Assert.Equal(300_000, answer.RootElement.GetProperty("result").GetArrayLength());
    }

    [Fact]
    public async Task Answer_InABatch_StandsInItsPlace()
    {
        PieceOutput output = new();
        await Ask(
            """
            [{"id":1,"method":"web3_clientVersion"},{"id":2,"method":"test_count","params":[20000]},
             {"id":3,"method":"web3_clientVersion"},{"method":"test_count","params":[1]},{"id":4,"method":"none"}]
            """,
            output);
        using JsonDocument answer = JsonDocument.Parse(output.Text);
        Assert.Equal([1, 2, 3, 4], answer.RootElement.EnumerateArray().Select(one => one.GetProperty("id").GetInt32()));
        Assert.Equal(20_000, answer.RootElement[1].GetProperty("result").GetArrayLength());
    }

    [Fact]
    public async Task Refusal_BeforeTheStream_IsAnError()
    {
        PieceOutput output = new();
        await Ask("""{"id":1,"method":"test_count","params":["x"]}""", output);
        Assert.Contains("-32602", output.Text);
    }

    [Fact]
    public async Task Failure_BeforeAPieceWasSent_IsAnErrorWithItsData()
    {
        PieceOutput output = new();
        await Ask("""{"id":1,"method":"test_count","params":[3,2]}""", output);
        Assert.Equal(
            """{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"stopped at 2","data":{"at":2}}}""",
            output.Text);
    }

    [Fact]
    public async Task Failure_AfterAPieceWasSent_BreaksTheConnection()
    {
        PieceOutput output = new();
        await Assert.ThrowsAsync<RpcStreamBrokenException>(
            () => Ask("""{"id":1,"method":"test_count","params":[300000,100000]}""", output));
        Assert.NotEmpty(output.Pieces);
    }

    [Fact]
    public async Task Stream_WhoseReaderLeaves_Stops()
    {
        using CancellationTokenSource leave = new();
        PieceOutput output = new() { OnPiece = count => Stop(count, leave) };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Ask("""{"id":1,"method":"test_count","params":[100000000]}""", output, leave.Token));
        Assert.InRange(output.Pieces.Count, 3, 4);
    }

    [Fact]
    public async Task Stream_WhoseReaderIsSlow_WaitsForIt()
    {
        TaskCompletionSource reads = new(TaskCreationOptions.RunContinuationsAsynchronously);
        PieceOutput output = new() { Gate = reads.Task };
        Task asked = Ask("""{"id":1,"method":"test_count","params":[300000]}""", output);
        await output.FirstPiece.Task.WaitAsync(Cancellation);
        Assert.False(asked.IsCompleted);
        Assert.Single(output.Pieces);
        reads.SetResult();
        await asked;
        Assert.EndsWith("299999]}", output.Text);
    }

    private static void Stop(int count, CancellationTokenSource leave)
    {
        if (count == 3)
        {
            leave.Cancel();
        }
    }

    private static async Task Ask(string body, PieceOutput output, CancellationToken cancellation = default)
    {
        RpcMethodTable table = new([new Web3ClientVersion("koinon/test"), new CountMethod()]);
        RpcDispatcher dispatcher = new(table, new RpcLimits(), NullLogger<RpcDispatcher>.Instance);
        using RpcBody read = dispatcher.Read(Encoding.UTF8.GetBytes(body));
        await dispatcher.AnswerAsync(read, output, null, cancellation);
        await output.CompleteAsync(cancellation);
    }

    /// <summary>Counts to the first parameter; gives up at the second.</summary>
    private sealed class CountMethod : RpcStreamMethod<(ulong End, ulong Stop)>
    {
        public override string Name => "test_count";

        protected override (ulong End, ulong Stop) Read(ref ParameterReader reader) =>
            (reader.UInt64(), reader.Optional(ReadNumber) is { } stop and > 0 ? stop : ulong.MaxValue);

        protected override ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
            (ulong End, ulong Stop) parameters, CancellationToken cancellation) =>
            new((RpcStreamBody)(stream => Write(stream, parameters.End, parameters.Stop)));

        private static (ulong Value, string? Wrong) ReadNumber(JsonElement element) => (element.GetUInt64(), null);

        private static RpcError? Write(RpcValueStream stream, ulong end, ulong stop)
        {
            stream.Json.WriteStartArray();
            for (ulong number = 0; number < end; number++)
            {
                if (number == stop)
                {
                    return RpcError.Server($"stopped at {stop}") with
                    {
                        JsonData = Encoding.UTF8.GetBytes($$"""{"at":{{stop}}}"""),
                    };
                }

                stream.Json.WriteNumberValue(number);
                stream.FlushWhenFull();
            }

            stream.Json.WriteEndArray();
            return null;
        }
    }

    private sealed class PieceOutput : RpcOutput
    {
        private readonly ArrayBufferWriter<byte> _all = new();

        public List<int> Pieces { get; } = [];

        public Action<int>? OnPiece { get; init; }

        public Task Gate { get; init; } = Task.CompletedTask;

        public TaskCompletionSource FirstPiece { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Text => Encoding.UTF8.GetString(_all.WrittenSpan);

        protected override async ValueTask SendAsync(bool isLast, CancellationToken cancellation)
        {
            Pieces.Add(HeldBytes);
            foreach (ReadOnlyMemory<byte> segment in HeldSegments())
            {
                _all.Write(segment.Span);
            }

            OnPiece?.Invoke(Pieces.Count);
            FirstPiece.TrySetResult();
            await Gate.WaitAsync(cancellation);
        }
    }
}
