using Koinon.Abi;
using Koinon.Evm;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Eth;

/// <summary>What a failed execution is answered with: geth's texts, and the data of a revert.</summary>
internal static class ExecutionErrors
{
    /// <summary>The error of a call that came to no result: it might not run, or ended other than in order.</summary>
    public static RpcError ErrorOf(TransactionOutcome outcome)
    {
        if (outcome.Error != TransactionError.None)
        {
            return TransactionTexts.ErrorOf(outcome.Error, outcome.Detail);
        }

        if (outcome.Halt != HaltReason.Reverted)
        {
            return RpcError.Server(outcome.HaltText.Length > 0 ? outcome.HaltText : HaltReasonText.Of(outcome.Halt));
        }

        string message = RevertReason.TryDecode(outcome.ReturnData.Span, out string? reason)
            ? $"execution reverted: {reason}"
            : "execution reverted";
        return new RpcError(RpcErrorCode.ExecutionReverted, message) { Data = outcome.ReturnData };
    }
}
