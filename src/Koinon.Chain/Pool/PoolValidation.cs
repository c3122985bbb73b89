using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Evm;
using Koinon.Evm.Instructions;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Pool;

/// <summary>
/// What a transaction must fulfil to wait in the pool: all that execution demands but the nonce's turn, and what the
/// pool and the caller ask above that.
/// </summary>
internal static class PoolValidation
{
    private static readonly UInt256 WeiPerCent = 10_000_000_000_000_000u;

    /// <summary>Checks what the transaction itself tells.</summary>
    internal static PoolResult CheckForm(
        Transaction transaction,
        ActiveRules rules,
        in UInt256 chainId,
        LedgerBlock head,
        PoolOptions options,
        AdmissionTerms terms,
        out Address sender)
    {
        sender = default;

        // A base fee that the transaction does not meet today it may meet tomorrow: the rules see none.
        ulong gasLimit = terms.BlockGasLimit ?? head.Header.GasLimit;
        BlockEnvironment environment = new() { ChainId = chainId, GasLimit = gasLimit };
        ExecutionLimits limits = new(gasLimit, rules.Blobs?.MaximumGas ?? 0);
        if (transaction.Encoded.Length > options.TransactionBytesMax)
        {
            return new PoolResult(
                PoolError.Oversized,
                Detail: $"transaction size {transaction.Encoded.Length}, limit {options.TransactionBytesMax}");
        }

        TransactionError error = TransactionRules.Check(
            transaction, rules.Fork, environment, limits, out string? detail);
        error = error != TransactionError.None
            ? error
            : TransactionRules.CheckSignature(transaction, rules.Fork, chainId, out sender, out detail);
        if (error != TransactionError.None)
        {
            return new PoolResult(PoolError.TransactionInvalid, error, detail);
        }

        if (transaction.MaxPriorityFeePerGas < options.TipMin)
        {
            return new PoolResult(
                PoolError.TipBelowMinimum,
                Detail: $"gas tip cap {transaction.MaxPriorityFeePerGas}, minimum needed {options.TipMin}");
        }

        PoolResult result = CheckTerms(transaction, terms);
        return !result.IsTaken || transaction.Type != TransactionType.Blob
            ? result
            : SidecarVerification.CheckForm(transaction, rules.Rules.SidecarVersion);
    }

    /// <summary>The most that a transaction may cost its sender.</summary>
    /// <returns>Wei; 2²⁵⁶-1 where it is more than a word holds.</returns>
    internal static UInt256 CostOf(Transaction transaction) =>
        UInt256.AddOverflow(FeeOf(transaction), transaction.Value, out UInt256 cost) ? UInt256.MaxValue : cost;

    /// <summary>Checks what the sender's account tells.</summary>
    internal static PoolResult CheckAccount(
        Transaction transaction, IStateView state, in Address sender, PoolOptions options, out Account account)
    {
        ReadStatus status = state.ReadAccount(sender, out account);
        account = status == ReadStatus.Found ? account : Account.Empty;
        if (status == ReadStatus.Unavailable)
        {
            return Missing(new StateKey(sender, null, null));
        }

        if (transaction.Nonce < account.Nonce)
        {
            return new PoolResult(
                PoolError.TransactionInvalid,
                TransactionError.NonceTooLow,
                $"next nonce {account.Nonce}, tx nonce {transaction.Nonce}");
        }

        UInt256 cost = CostOf(transaction);
        if (options.ChecksBalances && cost > account.Balance)
        {
            return new PoolResult(
                PoolError.TransactionInvalid,
                TransactionError.InsufficientFunds,
                $"balance {account.Balance}, tx cost {cost}, overshot {cost - account.Balance}");
        }

        // Nobody holds the key of a contract; who impersonates one has signed nothing.
        if (account.HasCode && !transaction.IsUnsigned && !IsDelegated(state, account, out bool isMissing))
        {
            return isMissing
                ? Missing(new StateKey(null, null, account.CodeHash))
                : new PoolResult(
                    PoolError.TransactionInvalid,
                    TransactionError.SenderNotExternallyOwned,
                    $"address {sender}, codehash: {account.CodeHash}");
        }

        return default;
    }

    /// <summary>Whether an account's code is that of another account (EIP-7702).</summary>
    internal static bool IsDelegated(IStateView state, in Account account, out bool isMissing)
    {
        ReadStatus status = state.ReadCode(account.CodeHash, out ReadOnlyMemory<byte> code);
        isMissing = status == ReadStatus.Unavailable;
        return status == ReadStatus.Found && Delegation.Is(code.Span);
    }

    private static PoolResult CheckTerms(Transaction transaction, AdmissionTerms terms)
    {
        if (terms.RequiresReplayProtection && transaction.ChainId is null)
        {
            return new PoolResult(PoolError.NotReplayProtected);
        }

        if (terms.FeeMax is { } most && FeeOf(transaction) > most)
        {
            return new PoolResult(
                PoolError.FeeAboveCap,
                Detail: $"tx fee ({Ether(FeeOf(transaction))} ether) exceeds the configured cap ({Ether(most)} ether)");
        }

        return default;
    }

    private static UInt256 FeeOf(Transaction transaction)
    {
        ulong blobGas = (ulong)transaction.BlobVersionedHashes.Count * Forks.BlobParameters.GasPerBlob;
        return UInt256.MultiplyOverflow(transaction.MaxFeePerGas, transaction.GasLimit, out UInt256 gasFee)
            || UInt256.MultiplyOverflow(transaction.MaxFeePerBlobGas, blobGas, out UInt256 blobFee)
            || UInt256.AddOverflow(gasFee, blobFee, out UInt256 fee)
                ? UInt256.MaxValue
                : fee;
    }

    private static PoolResult Missing(StateKey key) =>
        new(PoolError.TransactionInvalid, TransactionError.StateUnavailable, $"{key} is not known here")
        {
            MissingKey = key,
        };

    // Two places, as the clients that read the text are used to.
    private static string Ether(in UInt256 wei)
    {
        UInt256 cents = wei / WeiPerCent;
        return $"{cents / 100u}.{(ulong)(cents % 100u):00}";
    }
}
