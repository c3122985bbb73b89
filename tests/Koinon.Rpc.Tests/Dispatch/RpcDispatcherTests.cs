using System.Buffers;
using System.Text;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Web3;
using Microsoft.Extensions.Logging.Abstractions;

namespace Koinon.Rpc.Tests.Dispatch;

public sealed class RpcDispatcherTests
{
    private const string EmptyHash = "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470";

    [Fact]
    public async Task Answer_ToARequest_EchoesTheIdAndHoldsTheResult() =>
        Assert.Equal(
            $$"""{"jsonrpc":"2.0","id":7,"result":"{{EmptyHash}}"}""",
            await Ask("""{"jsonrpc":"2.0","id":7,"method":"web3_sha3","params":["0x"]}"""));

    [Theory]
    [InlineData("\"seven\"")]
    [InlineData("null")]
    [InlineData("1.5")]
    [InlineData("12345678901234567890")]
    public async Task Answer_ToAnyIdOfTheStandard_EchoesItUnchanged(string id) =>
        Assert.Equal(
            $$"""{"jsonrpc":"2.0","id":{{id}},"result":"koinon/test"}""",
            await Ask($$"""{"id":{{id}},"method":"web3_clientVersion"}"""));

    [Theory]
    [InlineData("", -32700)]
    [InlineData("{", -32700)]
    [InlineData("{\"id\":1,\"method\":}", -32700)]
    [InlineData("1", -32600)]
    [InlineData("{}", -32600)]
    [InlineData("{\"id\":1,\"method\":\"web3_sha3\",\"params\":[\"\\ud800\"]}", -32700)]
    [InlineData("{\"id\":1,\"method\":\"\\udc00\\ud800\"}", -32700)]
    [InlineData("[]", -32600)]
    [InlineData("{\"id\":1}", -32600)]
    [InlineData("{\"id\":1,\"method\":5}", -32600)]
    [InlineData("{\"id\":{},\"method\":\"web3_clientVersion\"}", -32600)]
    [InlineData("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"web3_clientVersion\"}", -32600)]
    [InlineData("{\"id\":1,\"method\":\"eth_noSuchThing\"}", -32601)]
    [InlineData("{\"id\":1,\"method\":\"web3_sha3\"}", -32602)]
    [InlineData("{\"id\":1,\"method\":\"web3_sha3\",\"params\":[null]}", -32602)]
    [InlineData("{\"id\":1,\"method\":\"web3_sha3\",\"params\":[\"0x1\"]}", -32602)]
    [InlineData("{\"id\":1,\"method\":\"web3_sha3\",\"params\":[\"00\"]}", -32602)]
    [InlineData("{\"id\":1,\"method\":\"web3_sha3\",\"params\":[\"0x\",1]}", -32602)]
    [InlineData("{\"id\":1,\"method\":\"web3_sha3\",\"params\":{\"data\":\"0x\"}}", -32602)]
    public async Task Answer_ToWrongInput_HasTheCodeOfTheStandard(string body, int code) =>
        Assert.Contains($"\"error\":{{\"code\":{code},\"message\":", await Ask(body));

    [Fact]
    public async Task Answer_ToAnUnknownMethod_NamesIt() =>
        Assert.Equal(
            """{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"""
            + "\"message\":\"the method a_b does not exist/is not available\"}}",
            await Ask("""{"id":1,"method":"a_b"}"""));

    [Fact]
    public async Task Answer_ToADeepBody_IsAParseError()
    {
        string deep = new string('[', 40) + new string(']', 40);
        string answer = await Ask($$"""{"id":1,"method":"web3_sha3","params":{{deep}}}""");
        Assert.Contains("-32700", answer);
        Assert.Contains("at most 32 levels", answer);
    }

    [Fact]
    public async Task Answer_ToANotification_IsNothing() =>
        Assert.Equal("", await Ask("""{"method":"web3_clientVersion"}"""));

    [Fact]
    public async Task Answer_ToABatch_KeepsOrderAndLeavesNotificationsOut() =>
        Assert.Equal(
            """[{"jsonrpc":"2.0","id":2,"result":"koinon/test"},"""
            + """{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"""
            + "\"message\":\"invalid request: a request is an object\"}},"
            + """{"jsonrpc":"2.0","id":1,"result":"koinon/test"}]""",
            await Ask(
                """[{"id":2,"method":"web3_clientVersion"},5,{"method":"web3_clientVersion"},"""
                + """{"id":1,"method":"web3_clientVersion"}]"""));

    [Fact]
    public async Task Answer_ToABatchOfNotifications_IsNothing() =>
        Assert.Equal("", await Ask("""[{"method":"web3_clientVersion"},{"method":"web3_clientVersion"}]"""));

    [Fact]
    public async Task Answer_ToABatchOverTheLimit_NamesTheLimit()
    {
        string item = """{"id":1,"method":"web3_clientVersion"}""";
        string answer = await Ask($"[{item},{item},{item}]", new RpcLimits { BatchItemsMax = 2 });
        Assert.Contains("batch too large: 3 requests, at most 2 are answered", answer);
    }

    [Fact]
    public async Task Answer_OverTheLimit_IsReplacedByAnErrorThatNamesTheLimit()
    {
        RpcLimits limits = new() { ResponseBytesMax = 50 };
        string answer = await Ask("""{"id":1,"method":"web3_sha3","params":["0x"]}""", limits);
        Assert.Contains("response too large: more than 50 bytes", answer);
    }

    [Fact]
    public async Task Answer_OfAMethodThatThrows_IsAnInternalError() =>
        Assert.Contains("-32603", await Ask("""{"id":1,"method":"test_fail"}"""));

    private static async Task<string> Ask(string body, RpcLimits? limits = null)
    {
        RpcMethodTable table = new([new Web3ClientVersion("koinon/test"), new Web3Sha3(), new FailingMethod()]);
        RpcDispatcher dispatcher = new(table, limits ?? new RpcLimits(), NullLogger<RpcDispatcher>.Instance);
        ArrayBufferWriter<byte> answer = new();
        await dispatcher.AnswerAsync(Encoding.UTF8.GetBytes(body), answer, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(answer.WrittenSpan);
    }

    private sealed class FailingMethod : RpcQuery<NoParameters, bool>
    {
        public override string Name => "test_fail";

        protected override NoParameters Read(ref ParameterReader reader) => default;

        protected override RpcResult<bool> Answer(NoParameters parameters) =>
            throw new InvalidOperationException("broken");
    }
}
