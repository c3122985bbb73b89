using Koinon.Evm;

namespace Koinon.Rpc.Tracing;

/// <summary>What traces say an instruction cost (geth's rules).</summary>
internal static class StepCost
{
    /// <summary>The cost: also where it was more than there was.</summary>
    /// <param name="gasBefore">Gas before the instruction.</param>
    /// <param name="gasLeft">Gas after it, negative by what was lacking.</param>
    /// <param name="baseCost">What it costs whatever its operands are.</param>
    /// <param name="halt">Why it halted its frame, if it did.</param>
    public static long Of(long gasBefore, long gasLeft, long baseCost, HaltReason halt) =>
        gasLeft < 0 && halt != HaltReason.OutOfGas ? baseCost : gasBefore - gasLeft;

    /// <summary>Whether the instruction was not begun: only then its entry names the error.</summary>
    public static bool IsRefused(HaltReason halt) =>
        halt is HaltReason.OutOfGas or HaltReason.StackUnderflow or HaltReason.StackOverflow
            or HaltReason.InitCodeTooLarge;
}
