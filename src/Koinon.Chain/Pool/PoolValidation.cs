using Koinon.Chain.Forks;
using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Pool;

/// <summary>
/// What a transaction must fulfil to wait in the pool: all that execution demands but the nonce's turn.
/// </summary>
internal static class PoolValidation
{
    internal static TransactionError Check(
        Transaction transaction,
        ActiveRules rules,
        in UInt256 chainId,
        LedgerBlock head,
        out Address sender,
        out string? detail)
    {
        // A base fee that the transaction does not meet today it may meet tomorrow: the rules see none.
        BlockEnvironment environment = new() { ChainId = chainId, GasLimit = head.Header.GasLimit };
        ExecutionLimits limits = new(head.Header.GasLimit, rules.Blobs?.MaximumGas ?? 0);
        sender = default;
        TransactionError error = TransactionRules.Check(transaction, rules.Fork, environment, limits, out detail);
        if (error != TransactionError.None)
        {
            return error;
        }

        error = TransactionRules.CheckSignature(transaction, rules.Fork, chainId, out sender, out detail);
        return error == TransactionError.None ? CheckAccount(transaction, head, sender, out detail) : error;
    }

    private static TransactionError CheckAccount(
        Transaction transaction, LedgerBlock head, in Address sender, out string? detail)
    {
        detail = null;
        Account account = head.State is { } state && state.ReadAccount(sender, out Account found) == ReadStatus.Found
            ? found
            : Account.Empty;
        if (transaction.Nonce < account.Nonce)
        {
            detail = $"nonce {transaction.Nonce}, the account's next is {account.Nonce}";
            return TransactionError.NonceTooLow;
        }

        ulong blobGas = (ulong)transaction.BlobVersionedHashes.Count * BlobParameters.GasPerBlob;
        if (UInt256.MultiplyOverflow(transaction.MaxFeePerGas, transaction.GasLimit, out UInt256 gasFee)
            || UInt256.MultiplyOverflow(transaction.MaxFeePerBlobGas, blobGas, out UInt256 blobFee)
            || UInt256.AddOverflow(gasFee, blobFee, out UInt256 fees)
            || UInt256.AddOverflow(fees, transaction.Value, out UInt256 cost)
            || cost > account.Balance)
        {
            detail = $"the balance {account.Balance} does not cover value, gas and blob gas at their highest price";
            return TransactionError.InsufficientFunds;
        }

        return TransactionError.None;
    }
}
