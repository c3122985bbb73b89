using Koinon.Evm.Frames;
using Koinon.Evm.Instructions;

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
        HaltReason.CodeDepositOutOfGas => "contract creation code storage out of gas",
        HaltReason.Cancelled => "execution cancelled",
        _ => "state unavailable",
    };

    /// <summary>The text for an instruction that was refused, with what the stack was and should have been.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="opcode">The instruction.</param>
    /// <param name="stackHeight">Words on the stack before it.</param>
    public static string Of(HaltReason reason, Opcode opcode, int stackHeight)
    {
        OpcodeInfo info = OpcodeTable.Of(opcode);
        return reason switch
        {
            HaltReason.InvalidOpcode => Of(reason, (int)opcode, 0),
            HaltReason.StackOverflow => Of(reason, stackHeight, StackArena.WordsMax + info.Pops - info.Pushes),
            _ => Of(reason, stackHeight, info.Reaches),
        };
    }

    /// <summary>The text for a reason with what was found and what would be right.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="found">The opcode that is invalid, or the words on the stack that does not suffice.</param>
    /// <param name="wanted">The words that the stack would have to hold.</param>
    internal static string Of(HaltReason reason, int found, int wanted) => reason switch
    {
        // The decoded INVALID carries no operand: 0, which is STOP, is never invalid.
        HaltReason.InvalidOpcode =>
            $"invalid opcode: {OpcodeTable.NameOf(found == 0 ? Opcode.Invalid : (Opcode)found)}",
        HaltReason.StackUnderflow => $"stack underflow ({found} <=> {wanted})",
        HaltReason.StackOverflow => $"stack limit reached {found} ({wanted})",
        _ => Of(reason),
    };
}
