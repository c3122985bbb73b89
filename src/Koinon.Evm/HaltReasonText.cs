namespace Koinon.Evm;

/// <summary>How a frame ended, in the words that tools of the field expect (geth's).</summary>
public static class HaltReasonText
{
    /// <summary>The text for a reason.</summary>
    public static string Of(HaltReason reason) => reason switch
    {
        HaltReason.None => "",
        HaltReason.Reverted => "execution reverted",
        HaltReason.OutOfGas => "out of gas",
        HaltReason.StackUnderflow => "stack underflow",
        HaltReason.StackOverflow => "stack limit reached 1024",
        HaltReason.InvalidJump => "invalid jump destination",
        HaltReason.InvalidOpcode => "invalid opcode",
        HaltReason.StaticViolation => "write protection",
        HaltReason.ReturnDataOutOfBounds => "return data out of bounds",
        HaltReason.CreateCollision => "contract address collision",
        HaltReason.CodeTooLarge => "max code size exceeded",
        HaltReason.CodeReservedPrefix => "invalid code: must not begin with 0xef",
        HaltReason.InitCodeTooLarge => "max initcode size exceeded",
        HaltReason.PrecompileFailed => "precompile failed",
        HaltReason.CallDepth => "max call depth exceeded",
        HaltReason.InsufficientBalance => "insufficient balance for transfer",
        HaltReason.NonceOverflow => "nonce uint64 overflow",
        HaltReason.Cancelled => "execution cancelled",
        _ => "state unavailable",
    };
}
