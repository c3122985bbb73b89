using Koinon.Primitives;

namespace Koinon.Evm.Tests.Language;

public static class OutcomeAssertions
{
    public static void ShouldReturn(this CallOutcome outcome, UInt256 expected)
    {
        Assert.Equal(HaltReason.None, outcome.Halt);
        Assert.Equal(expected.ToString("x", null), UInt256.FromBigEndian(outcome.ReturnData.Span).ToString("x", null));
    }

    public static void ShouldStop(this CallOutcome outcome) => Assert.Equal(HaltReason.None, outcome.Halt);

    public static void ShouldHalt(this CallOutcome outcome, HaltReason reason, long gas = 1_000_000)
    {
        Assert.Equal(reason, outcome.Halt);
        Assert.Equal(gas, outcome.GasUsed);
        Assert.Empty(outcome.Logs);
    }
}
