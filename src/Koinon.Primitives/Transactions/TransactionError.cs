namespace Koinon.Primitives.Transactions;

/// <summary>Why a transaction may not be executed: the closed list shared by execution, pool and blocks.</summary>
public enum TransactionError : byte
{
    /// <summary>It may be executed.</summary>
    None,

    /// <summary>The fork does not know this type of transaction.</summary>
    TypeNotSupported,

    /// <summary>The signature names no sender: r, s or v is out of range, or no key fits.</summary>
    SignatureInvalid,

    /// <summary>It was signed for another chain (EIP-155).</summary>
    ChainIdMismatch,

    /// <summary>The sender has used this nonce already.</summary>
    NonceTooLow,

    /// <summary>The sender has not reached this nonce yet.</summary>
    NonceTooHigh,

    /// <summary>The nonce is 2⁶⁴-1, which none may follow (EIP-2681).</summary>
    NonceMaximum,

    /// <summary>The sender has code that is not a delegation (EIP-3607).</summary>
    SenderNotExternallyOwned,

    /// <summary>The balance does not cover value, gas and blob gas at their highest price.</summary>
    InsufficientFunds,

    /// <summary>Gas limit times price is over 2²⁵⁶-1.</summary>
    GasPriceProductOverflow,

    /// <summary>The gas limit is below the transaction's intrinsic cost.</summary>
    IntrinsicGasTooLow,

    /// <summary>The gas limit is below the floor for its data (EIP-7623).</summary>
    GasBelowFloor,

    /// <summary>The gas limit is above what is left in the block.</summary>
    GasAllowanceExceeded,

    /// <summary>The gas limit is above the highest allowed for a transaction (EIP-7825).</summary>
    GasLimitAboveMaximum,

    /// <summary>The highest fee is below the block's base fee (EIP-1559).</summary>
    FeeBelowBaseFee,

    /// <summary>The priority fee is above the highest fee (EIP-1559).</summary>
    PriorityAboveMaximumFee,

    /// <summary>The initialisation code is longer than allowed (EIP-3860).</summary>
    InitCodeTooLarge,

    /// <summary>A blob transaction creates a contract (EIP-4844).</summary>
    BlobCreation,

    /// <summary>A blob transaction carries no blob (EIP-4844).</summary>
    BlobsMissing,

    /// <summary>It carries more blobs than a transaction may (EIP-7594).</summary>
    BlobCountExceeded,

    /// <summary>Its blobs need more blob gas than is left in the block (EIP-4844).</summary>
    BlobGasAllowanceExceeded,

    /// <summary>A versioned hash does not begin with the version 1 of KZG commitments (EIP-4844).</summary>
    BlobVersionedHashInvalid,

    /// <summary>The highest blob fee is below the block's (EIP-4844).</summary>
    BlobFeeBelowBaseFee,

    /// <summary>A set-code transaction carries no authorization (EIP-7702).</summary>
    AuthorizationsMissing,

    /// <summary>A set-code transaction creates a contract (EIP-7702).</summary>
    AuthorizationCreation,

    /// <summary>
    /// A value of the state is not known here: fetch the keys that the outcome names, then run again.
    /// </summary>
    StateUnavailable,
}
