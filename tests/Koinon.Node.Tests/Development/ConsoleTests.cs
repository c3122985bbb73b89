using Koinon.Abi;
using Koinon.Node.Development.Printing;
using Koinon.Primitives;

namespace Koinon.Node.Tests.Development;

/// <summary>What contracts say by console.log.</summary>
public sealed class ConsoleTests
{
    public static TheoryData<string, object[], string> Messages => new()
    {
        { "log()", [], "" },
        { "log(string)", ["hello"], "hello" },
        { "log(string)", ["100%"], "100%" },
        { "log(uint256)", [7ul], "7" },
        { "log(int256)", [-7L], "-7" },
        { "logInt(int256)", [-7L], "-7" },
        { "log(bool)", [true], "true" },
        { "log(string,uint256)", ["n =", 5ul], "n = 5" },
        { "log(string,uint256)", ["n = %d", 5ul], "n = 5" },
        { "log(string,uint256)", ["n = %x", 255ul], "n = 0xff" },
        { "log(string,uint256)", ["100%% of %i", 5ul], "100% of 5" },
        { "log(string,string)", ["%o", "a"], "'a'" },
        { "log(string,uint256,uint256)", ["%s", 1ul, 2ul], "1 2" },
        { "log(uint256,string,bool,string)", [1ul, "%s", false, "x"], "1 %s false x" },
        { "log(string,bool)", ["%d", true], "1" },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void Read_OfACall_IsWhatAPersonReads(string signature, object[] values, string text)
    {
        AbiValue[] arguments = [.. values.Select(ToAbi)];
        Assert.True(AbiSignature.Parse(signature).TryEncode(arguments, out byte[] input, out _));

        Assert.Equal(text, ConsoleMessage.Read(input));

        // Older libraries hashed the short names.
        string old = signature.Replace("int256", "int", StringComparison.Ordinal);
        Selector.Of(old).CopyTo(input);
        Assert.Equal(text, ConsoleMessage.Read(input));
    }

    [Fact]
    public void Read_OfWhatIsNoMessage_IsHex()
    {
        Assert.Equal("0x01020304", ConsoleMessage.Read(new byte[] { 1, 2, 3, 4 }));
        Assert.Equal("0x", ConsoleMessage.Read(default));
        byte[] torn = new byte[4];
        Selector.Of("log(string)").CopyTo(torn);
        Assert.StartsWith("0x", ConsoleMessage.Read(torn));
    }

    [Fact]
    public async Task Console_OfCallsAndOfTransactions_IsPrintedOnceEach()
    {
        StringWriter output = new();
        RunningChain chain = await RunningChain.StartAsync(options => options with
        {
            Output = TextWriter.Synchronized(output),
            PrintsRequests = false,
        });
        Assert.True(AbiSignature.Parse("log(string)").TryEncode(["hello"], out byte[] data, out _));
        string input = Hex.Encode(data);
        await chain.AskAsync("anvil_setCode", RunningChain.Contract, RunningChain.ConsoleCode);

        await chain.AskAsync("eth_call", RunningChain.Send(RunningChain.Alice, RunningChain.Contract, input));
        await chain.AskAsync(
            "eth_sendTransaction", RunningChain.Send(RunningChain.Alice, RunningChain.Contract, input));
        await chain.DisposeAsync();

        Assert.Equal("hello\nhello\n", output.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Requests_AndBlocks_ArePrintedUntilLoggingIsSwitchedOff()
    {
        StringWriter output = new();
        RunningChain chain = await RunningChain.StartAsync(options => options with
        {
            Output = TextWriter.Synchronized(output),
        });
        string hash = await chain.TextAsync(
            "eth_sendTransaction", RunningChain.Send(RunningChain.Alice, RunningChain.Bob));
        await chain.AskAsync("anvil_setLoggingEnabled", false);
        await chain.AskAsync("eth_chainId");
        await chain.DisposeAsync();

        string text = output.ToString();
        Assert.Contains("eth_sendTransaction", text);
        Assert.Contains($"    Transaction: {hash}", text);
        Assert.Contains("    Gas used: 21000", text);
        Assert.Contains("    Block Number: 1", text);
        Assert.DoesNotContain("eth_chainId", text);
    }

    private static AbiValue ToAbi(object value) => value switch
    {
        string text => text,
        ulong number => number,
        long number => number,
        _ => (bool)value,
    };
}
