using Koinon.Abi;
using Koinon.Evm;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Eth;

/// <summary>What a failed execution is answered with: geth's texts, and the data of a revert.</summary>
internal static class ExecutionErrors
{
    /// <summary>The error of an execution that ended other than in order.</summary>
    /// <param name="halt">How it ended.</param>
    /// <param name="returned">What it returned.</param>
    public static RpcError ErrorOf(HaltReason halt, ReadOnlyMemory<byte> returned)
    {
        if (halt != HaltReason.Reverted)
        {
            return RpcError.Server(TextOf(halt));
        }

        string message = RevertReason.TryDecode(returned.Span, out string? reason)
            ? $"execution reverted: {reason}"
            : "execution reverted";
        return new RpcError(RpcErrorCode.ExecutionReverted, message) { Data = returned };
    }

    /// <summary>Geth's text for a halt.</summary>
    public static string TextOf(HaltReason halt) => halt switch
    {
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
        HaltReason.CallDepth => "max call depth exceeded",
        HaltReason.InsufficientBalance => "insufficient balance for transfer",
        HaltReason.NonceOverflow => "nonce uint64 overflow",
        HaltReason.Cancelled => "execution aborted (timeout)",
        _ => $"execution failed ({halt})",
    };
}
