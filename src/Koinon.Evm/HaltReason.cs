namespace Koinon.Evm;

/// <summary>How a frame ended. All but the first two lose the frame's gas and undo its effects.</summary>
public enum HaltReason : byte
{
    /// <summary>STOP, RETURN, SELFDESTRUCT, the end of the code, or an account without code.</summary>
    None,

    /// <summary>REVERT: effects undone, the gas left and the data returned.</summary>
    Reverted,

    /// <summary>A charge was above the gas left.</summary>
    OutOfGas,

    /// <summary>An instruction needs more words than the stack holds.</summary>
    StackUnderflow,

    /// <summary>The stack would hold more than 1,024 words.</summary>
    StackOverflow,

    /// <summary>A jump to a place that is no JUMPDEST.</summary>
    InvalidJump,

    /// <summary>The fork does not define the instruction, or it is INVALID.</summary>
    InvalidOpcode,

    /// <summary>An effect inside a static call (EIP-214).</summary>
    StaticViolation,

    /// <summary>RETURNDATACOPY beyond the end of the return data (EIP-211).</summary>
    ReturnDataOutOfBounds,

    /// <summary>A contract already stands where one was to be made (EIP-684, EIP-7610).</summary>
    CreateCollision,

    /// <summary>The code to deploy is longer than the fork allows (EIP-170).</summary>
    CodeTooLarge,

    /// <summary>The code to deploy begins with 0xEF (EIP-3541).</summary>
    CodeReservedPrefix,

    /// <summary>The initialisation code is longer than the fork allows (EIP-3860).</summary>
    InitCodeTooLarge,

    /// <summary>A precompiled contract refused its input.</summary>
    PrecompileFailed,

    /// <summary>Calls are nested 1,024 deep; the call is not made.</summary>
    CallDepth,

    /// <summary>The caller's balance is below the value; the call is not made.</summary>
    InsufficientBalance,

    /// <summary>The creator's nonce is 2⁶⁴-1; the creation is not made (EIP-2681).</summary>
    NonceOverflow,

    /// <summary>The caller's deadline passed or it cancelled the run.</summary>
    Cancelled,

    /// <summary>A value of the state must be fetched before the run can go on.</summary>
    StateUnavailable,

    /// <summary>The gas left of a creation does not pay for storing its code.</summary>
    CodeDepositOutOfGas,
}
