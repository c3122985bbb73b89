using Koinon.Chain.Pool;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Eth;

/// <summary>
/// Geth's texts for refused transactions: clients recognise them, so their beginnings are part of the interface.
/// </summary>
public static class TransactionTexts
{
    /// <summary>The error of a transaction that may not be executed.</summary>
    /// <param name="error">Why.</param>
    /// <param name="detail">What was found and what would be right.</param>
    public static RpcError ErrorOf(TransactionError error, string? detail) =>
        RpcError.Server(detail is null ? TextOf(error) : $"{TextOf(error)}: {detail}");

    /// <summary>The error of a transaction that the pool does not take.</summary>
    public static RpcError ErrorOf(in PoolResult result)
    {
        if (result.Error == PoolError.TransactionInvalid)
        {
            return ErrorOf(result.Transaction, result.Detail);
        }

        // What is known, and what costs too much, is all in one sentence.
        return RpcError.Server(result.Error switch
        {
            PoolError.AlreadyKnown => TextOf(PoolError.AlreadyKnown),
            PoolError.FeeAboveCap => result.Detail!,
            _ => result.Detail is null ? TextOf(result.Error) : $"{TextOf(result.Error)}: {result.Detail}",
        });
    }

    private static string TextOf(PoolError error) => error switch
    {
        PoolError.AlreadyKnown => "already known",
        PoolError.ReplacementUnderpriced => "replacement transaction underpriced",
        PoolError.SenderFull => "account limit exceeded",
        PoolError.PoolFull => "txpool is full",
        PoolError.Underpriced => "transaction underpriced",
        PoolError.TipBelowMinimum => "transaction gas price below minimum",
        PoolError.Oversized => "oversized data",
        PoolError.NotReplayProtected => "only replay-protected (EIP-155) transactions allowed over RPC",
        PoolError.DelegatedInFlight => "in-flight transaction limit reached for delegated accounts",
        PoolError.DelegatedGap => "gapped-nonce tx from delegated accounts",
        PoolError.AuthorityReserved => "authority already reserved",
        PoolError.SenderReserved => "address already reserved",
        PoolError.SidecarMissing => "missing sidecar in blob transaction",
        PoolError.SidecarVersion => "unexpected sidecar version",
        PoolError.SidecarMismatch => "blob sidecar does not fit the transaction",
        PoolError.BlobProofInvalid => "invalid blob proof",
        PoolError.NotWritten => "the transaction could not be kept on disk",
        _ => $"transaction refused ({error})",
    };

    private static string TextOf(TransactionError error) => error switch
    {
        TransactionError.TypeNotSupported => "transaction type not supported",
        TransactionError.SignatureInvalid => "invalid sender",
        TransactionError.ChainIdMismatch => "invalid chain id for signer",
        TransactionError.NonceTooLow => "nonce too low",
        TransactionError.NonceTooHigh => "nonce too high",
        TransactionError.NonceMaximum => "nonce has max value",
        TransactionError.SenderNotExternallyOwned => "sender not an eoa",
        TransactionError.InsufficientFunds => "insufficient funds for gas * price + value",
        TransactionError.GasPriceProductOverflow => "insufficient funds for gas * price + value",
        TransactionError.IntrinsicGasTooLow => "intrinsic gas too low",
        TransactionError.GasBelowFloor => "insufficient gas for floor data gas cost",
        TransactionError.GasAllowanceExceeded => "exceeds block gas limit",
        TransactionError.GasLimitAboveMaximum => "transaction gas limit too high",
        TransactionError.FeeBelowBaseFee => "max fee per gas less than block base fee",
        TransactionError.PriorityAboveMaximumFee => "max priority fee per gas higher than max fee per gas",
        TransactionError.InitCodeTooLarge => "max initcode size exceeded",
        TransactionError.BlobCreation => "blob transaction of type create",
        TransactionError.BlobsMissing => "blob transaction missing blob hashes",
        TransactionError.BlobCountExceeded => "blob transaction has too many blobs",
        TransactionError.BlobGasAllowanceExceeded => "blob gas limit reached",
        TransactionError.BlobVersionedHashInvalid => "blob transaction has an invalid hash version",
        TransactionError.BlobFeeBelowBaseFee => "max fee per blob gas less than block blob gas fee",
        TransactionError.AuthorizationsMissing => "EIP-7702 transaction with empty auth list",
        TransactionError.AuthorizationCreation => "EIP-7702 transaction cannot be used to create contract",
        _ => $"transaction refused ({error})",
    };
}
