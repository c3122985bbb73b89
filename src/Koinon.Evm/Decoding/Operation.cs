namespace Koinon.Evm.Decoding;

/// <summary>What the interpreter's loop switches on: the opcodes under their own numbers, then the decoder's own
/// operations.</summary>
/// <remarks>
/// Fused operations stand for two or more instructions that often follow one another; they never cross a block's
/// border.
/// </remarks>
internal enum Operation : ushort
{
    /// <summary>Enters a block: charges its gas and tests the stack once for all of it.</summary>
    Block = 256,

    /// <summary>Goes on at a code offset whose block may not be decoded yet.</summary>
    Continue,

    /// <summary>Goes on inside a block that has been entered: from a JUMPDEST to the body that it shares.</summary>
    Skip,

    /// <summary>An opcode that the fork does not define.</summary>
    Undefined,

    /// <summary>Pushes a value of at most 64 bits.</summary>
    PushShort,

    /// <summary>Pushes a longer value from the code's constants.</summary>
    PushLong,

    /// <summary>PUSH, JUMP to a known JUMPDEST.</summary>
    PushJump,

    /// <summary>PUSH, JUMPI to a known JUMPDEST.</summary>
    PushJumpI,

    /// <summary>PUSH, JUMP or JUMPI to a place that is no JUMPDEST.</summary>
    PushJumpNowhere,

    /// <inheritdoc cref="PushJumpNowhere"/>
    PushJumpINowhere,

    /// <summary>PUSH, ADD.</summary>
    PushAdd,

    /// <summary>PUSH, AND.</summary>
    PushAnd,

    /// <summary>PUSH, MUL by at most 64 bits.</summary>
    PushMul,

    /// <summary>PUSH, SHL.</summary>
    PushShl,

    /// <summary>PUSH, SHR.</summary>
    PushShr,

    /// <summary>PUSH, MLOAD.</summary>
    PushMLoad,

    /// <summary>PUSH, MSTORE.</summary>
    PushMStore,

    /// <summary>PUSH, EQ.</summary>
    PushEq,

    /// <summary>PUSH, GT: pushed value above the top.</summary>
    PushGt,

    /// <summary>PUSH, LT: pushed value below the top.</summary>
    PushLt,

    /// <summary>PUSH, SUB: pushed value less the top.</summary>
    PushSub,

    /// <summary>DUPn, ADD.</summary>
    DupAdd,

    /// <summary>DUPn, MUL.</summary>
    DupMul,

    /// <summary>DUPn, XOR.</summary>
    DupXor,

    /// <summary>DUPn, MSTORE.</summary>
    DupMStore,

    /// <summary>DUPn, MLOAD.</summary>
    DupMLoad,

    /// <summary>DUPn, DUPm.</summary>
    DupDup,

    /// <summary>DUPn, SWAPm.</summary>
    DupSwap,

    /// <summary>SWAPn, POP.</summary>
    SwapPop,

    /// <summary>SWAPn, SWAPm.</summary>
    SwapSwap,

    /// <summary>SWAP1, SUB.</summary>
    Swap1Sub,

    /// <summary>POP, POP.</summary>
    PopPop,

    /// <summary>ADD, ADD and the like: two additions in a row.</summary>
    AddAdd,

    /// <summary>ISZERO, ISZERO.</summary>
    IsZeroIsZero,

    /// <summary>ISZERO, PUSH, JUMPI to a known JUMPDEST.</summary>
    IsZeroPushJumpI,

    /// <summary>EQ, PUSH, JUMPI to a known JUMPDEST.</summary>
    EqPushJumpI,

    /// <summary>LT, PUSH, JUMPI to a known JUMPDEST.</summary>
    LtPushJumpI,

    /// <summary>GT, PUSH, JUMPI to a known JUMPDEST.</summary>
    GtPushJumpI,

    /// <summary>DUPn, PUSH, JUMPI to a known JUMPDEST.</summary>
    DupPushJumpI,

    /// <summary>LT, ISZERO, PUSH, JUMPI to a known JUMPDEST.</summary>
    LtIsZeroPushJumpI,

    /// <summary>GT, ISZERO, PUSH, JUMPI to a known JUMPDEST.</summary>
    GtIsZeroPushJumpI,

    /// <summary>DUP1, PUSH, EQ, PUSH, JUMPI: a rung of a selector ladder.</summary>
    DupPushEqPushJumpI,

    /// <summary>DUP1, PUSH, GT, PUSH, JUMPI: a loop's test.</summary>
    DupPushGtPushJumpI,

    /// <summary>DUP1, PUSH, LT, PUSH, JUMPI: a loop's test.</summary>
    DupPushLtPushJumpI,

    /// <summary>PUSH of more than 64 bits, AND.</summary>
    PushLongAnd,

    /// <summary>No operation: the end of the list.</summary>
    Last,
}
