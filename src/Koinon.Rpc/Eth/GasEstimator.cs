using Koinon.Chain.Ledger;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>Finds the least gas limit with which a call succeeds.</summary>
/// <param name="calls">Runs calls.</param>
public sealed class GasEstimator(CallRunner calls)
{
    /// <summary>What a transfer costs; less never suffices.</summary>
    private const ulong TransferGas = 21_000;

    /// <summary>
    /// Estimates by running the call again and again: with the highest limit first, then between bounds.
    /// </summary>
    /// <param name="request">The call; the gas it names is the highest limit that is tried.</param>
    /// <param name="block">The block, with its state.</param>
    /// <returns>The exact least limit: one less, and the call fails.</returns>
    public RpcResult<ulong> Estimate(CallRequest request, LedgerBlock block)
    {
        ulong high = HighestLimit(request, block, out bool isBoundByFunds);
        TransactionOutcome outcome = calls.Run(request, block, high);
        if (outcome.Error == TransactionError.IntrinsicGasTooLow || outcome.Error == TransactionError.GasBelowFloor)
        {
            return RpcError.Server($"gas required exceeds allowance ({high})");
        }

        if (outcome.Error != TransactionError.None)
        {
            return TransactionTexts.ErrorOf(outcome.Error, outcome.Detail);
        }

        if (!outcome.Succeeded)
        {
            return outcome.Halt == HaltReason.OutOfGas && (isBoundByFunds || request.Gas is not null)
                ? RpcError.Server($"gas required exceeds allowance ({high})")
                : ExecutionErrors.ErrorOf(outcome.Halt, outcome.ReturnData);
        }

        return Search(request, block, outcome.GasUsed, high);
    }

    /// <summary>Halves the space between a limit that fails and one that suffices.</summary>
    private ulong Search(CallRequest request, LedgerBlock block, ulong used, ulong high)
    {
        // A run refunds gas that it needed at first: what was used may be too little, never too much by one.
        ulong low = Math.Max(used, TransferGas) - 1;

        // Most calls need what they used, and a sixty-fourth for each level of calls: try that before halving.
        ulong guess = Math.Min(low + 1, high);
        while (low + 1 < high)
        {
            TransactionOutcome outcome = calls.Run(request, block, guess);
            bool suffices = outcome.Error == TransactionError.None && outcome.Succeeded;
            low = suffices ? low : guess;
            high = suffices ? guess : high;
            ulong near = low + (low / 63) + 2_300;
            guess = near < high ? near : low + ((high - low) / 2);
        }

        return high;
    }

    /// <summary>The limit that block, caller and the sender's balance allow.</summary>
    private static ulong HighestLimit(CallRequest request, LedgerBlock block, out bool isBoundByFunds)
    {
        isBoundByFunds = false;
        ulong limit = Math.Min(block.Header.GasLimit, CallRunner.GasMax);
        if (request.Gas is { } asked && asked >= TransferGas)
        {
            limit = Math.Min(limit, asked);
        }

        limit = Math.Min(limit, block.Rules.Fork.TransactionGasMax);
        UInt256 price = request.GasPrice ?? request.MaxFeePerGas ?? UInt256.Zero;
        Address sender = request.From ?? Address.Zero;
        if (price.IsZero || block.State!.ReadAccount(sender, out Account account) != ReadStatus.Found)
        {
            return limit;
        }

        UInt256 value = request.Value ?? UInt256.Zero;
        UInt256 affordable = account.Balance > value ? (account.Balance - value) / price : UInt256.Zero;
        isBoundByFunds = affordable < limit;
        return isBoundByFunds ? affordable.U0 : limit;
    }
}
