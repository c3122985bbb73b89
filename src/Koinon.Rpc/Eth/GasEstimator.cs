using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>Finds the least gas limit with which a call succeeds.</summary>
/// <param name="calls">Runs calls.</param>
public sealed class GasEstimator(CallRunner calls)
{
    // The same call is run several times: what it says is not to be heard as often.
    private readonly CallRunner _calls = calls.Unheard;

    /// <summary>What a transfer costs; less never suffices.</summary>
    private const ulong TransferGas = 21_000;

    /// <summary>What a call with value gives along, which a call may need beyond what it used.</summary>
    private const ulong CallStipend = 2_300;

    /// <summary>Estimates on a block.</summary>
    /// <param name="request">The call; the gas it names is the highest limit that is tried.</param>
    /// <param name="block">The block, with its state.</param>
    /// <param name="cancellation">Ends when the caller has gone.</param>
    public async ValueTask<RpcResult<ulong>> EstimateAsync(
        CallRequest request, BlockReference block, CancellationToken cancellation)
    {
        using CallDeadline deadline = _calls.StartDeadline(cancellation);
        RpcResult<CallContext> context = await _calls.PrepareAsync(block, null, null, deadline.Token)
            .ConfigureAwait(false);
        return context.Error is null
            ? await EstimateAsync(request, context.Value!, deadline).ConfigureAwait(false)
            : context.Error;
    }

    /// <summary>
    /// Estimates by running the call again and again: with the highest limit first, then between bounds.
    /// </summary>
    /// <param name="request">The call; the gas it names is the highest limit that is tried.</param>
    /// <param name="context">What it runs in.</param>
    /// <param name="deadline">The time there is.</param>
    /// <returns>The exact least limit: one less, and the call fails.</returns>
    internal async ValueTask<RpcResult<ulong>> EstimateAsync(
        CallRequest request, CallContext context, CallDeadline deadline)
    {
        RpcResult<(ulong Limit, bool IsBoundByFunds)> highest = await HighestLimitAsync(
            request, context, deadline.Token).ConfigureAwait(false);
        if (highest.Error is not null)
        {
            return highest.Error;
        }

        (ulong high, bool isBoundByFunds) = highest.Value;
        RpcResult<TransactionOutcome> run = await _calls.RunAsync(context, request, high, deadline.Token)
            .ConfigureAwait(false);
        if (run.Error is not null)
        {
            return run.Error;
        }

        TransactionOutcome outcome = run.Value!;
        if (outcome.Error is TransactionError.IntrinsicGasTooLow or TransactionError.GasBelowFloor)
        {
            return TooLittle(high);
        }

        if (!outcome.Succeeded)
        {
            return outcome.Halt == HaltReason.OutOfGas && (isBoundByFunds || request.Gas is not null)
                ? TooLittle(high)
                : deadline.ErrorOf(outcome) ?? ExecutionErrors.ErrorOf(outcome);
        }

        return await SearchAsync(request, context, outcome.GasPeak, high, deadline).ConfigureAwait(false);
    }

    private static RpcError TooLittle(ulong limit) =>
        RpcError.Server($"gas required exceeds allowance ({limit})");

    /// <summary>Halves the space between a limit that fails and one that suffices.</summary>
    private async ValueTask<RpcResult<ulong>> SearchAsync(
        CallRequest request, CallContext context, ulong peak, ulong high, CallDeadline deadline)
    {
        // What the run took at its height is the least there can be, and nearly always enough. Where it is not, a
        // call inside kept a sixty-fourth back for each level, or wanted its stipend.
        ulong low = Math.Max(peak, TransferGas) - 1;
        ulong guess = Math.Min(low + 1, high);
        bool isFirst = true;
        while (low + 1 < high)
        {
            RpcResult<TransactionOutcome> run = await _calls.RunAsync(context, request, guess, deadline.Token)
                .ConfigureAwait(false);
            if (run.Error is not null || run.Value!.Halt == HaltReason.Cancelled)
            {
                return run.Error ?? deadline.Error();
            }

            bool suffices = run.Value!.Succeeded;
            low = suffices ? low : guess;
            high = suffices ? guess : high;
            ulong near = (low + CallStipend) * 64 / 63;
            guess = isFirst && near < high ? near : low + ((high - low) / 2);
            isFirst = false;
        }

        return high;
    }

    /// <summary>The limit that block, caller and the sender's balance allow.</summary>
    private async ValueTask<RpcResult<(ulong Limit, bool IsBoundByFunds)>> HighestLimitAsync(
        CallRequest request, CallContext context, CancellationToken cancellation)
    {
        ulong limit = Math.Min(context.Environment.GasLimit, _calls.Limits.CallGasMax);
        if (request.Gas is { } asked && asked >= TransferGas)
        {
            limit = Math.Min(limit, asked);
        }

        limit = Math.Min(limit, context.Fork.TransactionGasMax);
        UInt256 price = request.GasPrice ?? request.MaxFeePerGas ?? UInt256.Zero;
        if (price.IsZero || _calls.IsLenient)
        {
            return (limit, false);
        }

        // An override's account is found above what is kept; where nothing can be fetched, the run says so.
        RpcResult<Account?> account = context.State.ReadAccount(request.From ?? Address.Zero, out Account sender)
            is ReadStatus.Unavailable
            ? await _calls.Reader.ReadAccountAsync(context.Kept, request.From ?? Address.Zero, cancellation)
                .ConfigureAwait(false)
            : new RpcResult<Account?>(sender);
        UInt256 balance = account.Value?.Balance ?? UInt256.Zero;
        UInt256 value = request.Value ?? UInt256.Zero;
        if (value > balance)
        {
            string holder = $"{request.From ?? Address.Zero} holds {balance} wei";
            return RpcError.Server($"insufficient funds for transfer: {holder}, {value} are sent");
        }

        UInt256 affordable = (balance - value) / price;
        bool isBoundByFunds = affordable < limit;
        return (isBoundByFunds ? affordable.U0 : limit, isBoundByFunds);
    }
}
