using FsCheck;
using FsCheck.Fluent;

namespace Koinon.Rpc.Tests.Eth;

public sealed class GasEstimatorTests
{
    private const string Contract = "0xc0de000000000000000000000000000000000001";
    private const string Plain = "0x00000000000000000000000000000000000000ab";
    private const string Rich = "0x00000000000000000000000000000000000000aa";

    /// <summary>Calls itself as often as the call data says, then writes a slot; fails where a call fails.</summary>
    private const string Nested = "0x5f358015601b57600190035f525f5f60205f5f305af115602157005b60015f55005b5f5ffd";

    [Theory]
    [InlineData("\"data\":\"0x\"")]
    [InlineData("\"input\":\"0x\"")]
    [InlineData("\"value\":\"0x0\"")]
    [InlineData("\"accessList\":[]")]
    public async Task EstimateGas_OfAPlainTransfer_IsExactly21000(string extra)
    {
        using TestChain chain = new();

        Assert.Equal("0x5208", await chain.TextAsync("eth_estimateGas", $$"""{"to":"{{Plain}}",{{extra}}}"""));
    }

    // Complaint 41: estimates are off by one.
    [Fact]
    public void EstimateGas_OfNestedCalls_IsTheLeastThatSuffices() =>
        Prop.ForAll(Gen.Choose(0, 12).ToArbitrary(), depth => IsLeast(depth).GetAwaiter().GetResult())
            .QuickCheckThrowOnFailure();

    [Fact]
    public async Task EstimateGas_OfARefundedRun_IsWhatItNeedsAtItsHeight()
    {
        // Clears a slot: the refund comes afterwards.
        using TestChain chain = new(
            $$""" "{{Contract}}": { "balance": "0x0", "code": "0x5f5f55", "storage": { "0x0": "0x1" } } """);

        ulong estimate = await EstimateAsync(chain, "0x");

        Assert.True(await SucceedsAsync(chain, "0x", estimate));
        Assert.False(await SucceedsAsync(chain, "0x", estimate - 1));
    }

    [Fact]
    public async Task EstimateGas_OfARevert_SaysWhy()
    {
        using TestChain chain = new($$""" "{{Contract}}": { "balance": "0x0", "code": "0x5f5ffd" } """);

        Assert.Equal(
            (3, "execution reverted", "0x"), await chain.ErrorAsync("eth_estimateGas", $$"""{"to":"{{Contract}}"}"""));
    }

    [Fact]
    public async Task EstimateGas_WithTooLittleGas_NamesTheLimit()
    {
        using TestChain chain = new($$""" "{{Contract}}": { "balance": "0x0", "code": "{{Nested}}" } """);

        Assert.Equal(
            (-32000, "gas required exceeds allowance (25000)", null),
            await chain.ErrorAsync("eth_estimateGas", $$"""{"to":"{{Contract}}","gas":"0x61a8"}"""));
    }

    [Fact]
    public async Task EstimateGas_BoundByFunds_NamesWhatTheyPay()
    {
        // 25,000 units at the price that is offered.
        using TestChain chain = new(
            $$"""
            "{{Contract}}": { "balance": "0x0", "code": "{{Nested}}" },
            "{{Rich}}": { "balance": "25000000000000" }
            """);

        Assert.Equal(
            (-32000, "gas required exceeds allowance (25000)", null),
            await chain.ErrorAsync(
                "eth_estimateGas", $$"""{"from":"{{Rich}}","to":"{{Contract}}","maxFeePerGas":"0x3b9aca00"}"""));
    }

    [Fact]
    public async Task EstimateGas_ThatSendsMoreThanThereIs_SaysSo()
    {
        using TestChain chain = new($$""" "{{Rich}}": { "balance": "5" } """);

        (int code, string message, _) = await chain.ErrorAsync(
            "eth_estimateGas", $$"""{"from":"{{Rich}}","to":"{{Plain}}","value":"0x6","gasPrice":"0x3b9aca00"}""");

        Assert.Equal(-32000, code);
        Assert.StartsWith("insufficient funds for transfer: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EstimateGas_WithAnOverride_RunsTheCodeThatIsGiven()
    {
        using TestChain chain = new();

        Assert.Equal(
            (3, "execution reverted", "0x"),
            await chain.ErrorAsync(
                "eth_estimateGas",
                $$$"""{"to":"{{{Contract}}}"},"latest",{"{{{Contract}}}":{"code":"0x5f5ffd"} }"""));
    }

    private static async Task<bool> IsLeast(int depth)
    {
        using TestChain chain = new($$""" "{{Contract}}": { "balance": "0x0", "code": "{{Nested}}" } """);
        string data = $"0x{depth:x64}";
        ulong estimate = await EstimateAsync(chain, data);
        return await SucceedsAsync(chain, data, estimate) && !await SucceedsAsync(chain, data, estimate - 1);
    }

    private static async Task<ulong> EstimateAsync(TestChain chain, string data) => Convert.ToUInt64(
        await chain.TextAsync("eth_estimateGas", $$"""{"to":"{{Contract}}","data":"{{data}}"}"""), 16);

    private static async Task<bool> SucceedsAsync(TestChain chain, string data, ulong gas)
    {
        string call = $$"""{"to":"{{Contract}}","data":"{{data}}","gas":"0x{{gas:x}}"}""";
        return (await chain.ResultAsync("eth_simulateV1", $$$"""{"blockStateCalls":[{"calls":[{{{call}}}]}]}"""))[0]
            .GetProperty("calls")[0].GetProperty("status").GetString() == "0x1";
    }
}
