using System.Numerics;
using System.Text.Json;

namespace Koinon.ScenarioTests;

/// <summary>
/// Unmodified ethers 6 and a contract of npm's solc against the real program. The amounts are computed here, from the
/// EIPs and the contract's source, not by the code under test.
/// </summary>
[Trait("needs", "node")]
public sealed class EthersWalkTests
{
    private const string Alice = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    private const string Bob = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
    private const long Gwei = 1_000_000_000;

    private static readonly BigInteger Ether = BigInteger.Pow(10, 18);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Walk_OfEthers_SeesWhatTheRulesDemand()
    {
        await using RunningProgram program = await RunningProgram.StartDevAsync(Cancellation);
        JsonElement saw = await NodeScript.WalkAsync("walk.mjs", program.Url, Cancellation);

        Assert.Equal("31337", Text(saw, "network"));
        Assert.Equal(10, saw.GetProperty("accounts").GetArrayLength());
        Assert.Equal(Alice, Text(saw.GetProperty("accounts"), 0), ignoreCase: true);
        ShouldHaveMovedEther(saw);
        ShouldHaveDeployed(saw);
        ShouldHaveWrittenAndLogged(saw);
        ShouldHaveSeenReasons(saw);
        Assert.Equal(8, saw.GetProperty("head").GetInt32());
        Assert.True(saw.GetProperty("headHoldsDoomed").GetBoolean());
        Assert.Equal(Gwei, Number(saw, "tip"));
        Assert.Equal(4, saw.GetProperty("pendingNonce").GetInt32());
    }

    private static void ShouldHaveMovedEther(JsonElement saw)
    {
        // The first block asks 1 gwei, as in anvil; ethers offers 1 gwei of priority fee.
        const long FirstBaseFee = Gwei;
        const long FirstPrice = FirstBaseFee + Gwei;
        Assert.Equal(FirstBaseFee, Number(saw, "baseFeeOfSent"));
        ShouldBePaid(saw.GetProperty("sent"), block: 1, gasUsed: 21_000, FirstPrice);

        // 21,000 of a target of 15,000,000: the base fee falls by an eighth of the part that is free.
        const long Target = 15_000_000;
        const long SecondBaseFee = FirstBaseFee - (FirstBaseFee * (Target - 21_000) / Target / 8);
        const long SecondPrice = SecondBaseFee + Gwei;
        ShouldBePaid(saw.GetProperty("sentRaw"), block: 2, gasUsed: 21_000, SecondPrice);
        Assert.Equal(Text(saw, "carol"), Text(saw, "sentRawFrom"));

        BigInteger quarter = Ether / 4;
        Assert.Equal((10_000 * Ether) - (6 * quarter) - (21_000 * FirstPrice), Number(saw, "aliceBalance"));
        Assert.Equal((10_000 * Ether) + quarter, Number(saw, "bobBalance"));
        Assert.Equal((5 * quarter) - (21_000 * SecondPrice), Number(saw, "carolBalance"));
    }

    private static void ShouldHaveDeployed(JsonElement saw)
    {
        // The address of Alice's second contract or transaction: Keccak-256 of the RLP of (Alice, 1), known to every
        // tool.
        Assert.Equal("0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512", Text(saw, "vault"));
        Assert.Equal(1, saw.GetProperty("deployed").GetProperty("status").GetInt32());
        Assert.InRange(saw.GetProperty("codeBytes").GetInt32(), 500, 24_576);
        Assert.Equal("first", Text(saw, "name"));
        Assert.Equal(1_000, Number(saw, "aliceInVault"));
    }

    private static void ShouldHaveWrittenAndLogged(JsonElement saw)
    {
        string[] bobsDeposit = ["Deposited", Bob, "1", "70000", "hello"];
        string[] alicesDeposit = ["Deposited", Alice, "2", "5", "again"];
        string[] bobsWithdrawal = ["Withdrawn", Bob, "20000"];
        Assert.Equal([bobsDeposit], Events(saw, "depositEvents"));
        Assert.Equal([bobsDeposit, alicesDeposit, bobsWithdrawal], Events(saw, "allEvents"));
        Assert.Equal([bobsDeposit], Events(saw, "bobsDeposits"));
        Assert.Equal([alicesDeposit], Events(saw, "secondDeposit"));
        Assert.Equal(Number(saw, "depositEstimate"), Number(saw.GetProperty("deposit"), "gasUsed"));
        Assert.Equal((70_000 - 20_000) / 4, Number(saw, "share"));
        Assert.Equal(70_000 / 4, Number(saw, "shareBefore"));
        Assert.Equal("0x" + 2.ToString("x64"), Text(saw, "depositsSlot"));
        Assert.Equal(1_000 + 70_000 + 5 - 20_000, Number(saw, "vaultBalance"));
        Assert.Equal([Bob, "1"], saw.GetProperty("heard").Deserialize<string[]>()!);
    }

    private static void ShouldHaveSeenReasons(JsonElement saw)
    {
        ShouldHaveFailed(saw, "noDeposit", "nothing to deposit", "Error", ["nothing to deposit"]);
        ShouldHaveFailed(saw, "noDepositEstimate", "nothing to deposit", "Error", ["nothing to deposit"]);
        ShouldHaveFailed(saw, "tooMuch", "TooMuch(uint256,uint256)", "TooMuch", ["70000", "49999"]);
        ShouldHaveFailed(saw, "panic", "Panic due to DIVIDE_BY_ZERO(18)", "Panic", ["18"]);
        Assert.Equal("CALL_EXCEPTION", Text(saw.GetProperty("doomed"), "code"));
        Assert.Equal(0, saw.GetProperty("doomedStatus").GetInt32());
    }

    private static void ShouldBePaid(JsonElement receipt, int block, long gasUsed, long gasPrice)
    {
        Assert.Equal(1, receipt.GetProperty("status").GetInt32());
        Assert.Equal(block, receipt.GetProperty("block").GetInt32());
        Assert.Equal(gasUsed, Number(receipt, "gasUsed"));
        Assert.Equal(gasPrice, Number(receipt, "gasPrice"));
    }

    private static void ShouldHaveFailed(
        JsonElement saw, string what, string reason, string name, string[] arguments)
    {
        JsonElement failure = saw.GetProperty(what);
        Assert.Equal("CALL_EXCEPTION", Text(failure, "code"));
        Assert.Equal(reason, Text(failure, "reason"));
        Assert.Equal(name, Text(failure, "name"));
        Assert.Equal(arguments, failure.GetProperty("arguments").Deserialize<string[]>()!);
    }

    private static string[][] Events(JsonElement saw, string name) =>
        saw.GetProperty(name).Deserialize<string[][]>()!;

    private static string? Text(JsonElement saw, string name) => saw.GetProperty(name).GetString();

    private static string? Text(JsonElement saw, int index) => saw[index].GetString();

    private static BigInteger Number(JsonElement saw, string name) => BigInteger.Parse(Text(saw, name)!);
}
