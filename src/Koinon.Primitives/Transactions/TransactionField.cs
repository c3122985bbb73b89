namespace Koinon.Primitives.Transactions;

/// <summary>The parts of a transaction, to say where decoding stopped.</summary>
public enum TransactionField : byte
{
    /// <summary>The bytes as a whole: type, outer list, what follows it.</summary>
    Envelope,

    /// <summary>Chain id.</summary>
    ChainId,

    /// <summary>Nonce.</summary>
    Nonce,

    /// <summary>Gas price (legacy and access-list transactions).</summary>
    GasPrice,

    /// <summary>Highest priority fee per gas.</summary>
    MaxPriorityFeePerGas,

    /// <summary>Highest fee per gas.</summary>
    MaxFeePerGas,

    /// <summary>Gas limit.</summary>
    GasLimit,

    /// <summary>Receiver.</summary>
    To,

    /// <summary>Value.</summary>
    Value,

    /// <summary>Call data or initialisation code.</summary>
    Data,

    /// <summary>Access list, or the list of one of its entries.</summary>
    AccessList,

    /// <summary>Address of an access-list entry.</summary>
    AccessListAddress,

    /// <summary>Slot, or list of slots, of an access-list entry.</summary>
    AccessListSlots,

    /// <summary>Highest fee per blob gas.</summary>
    MaxFeePerBlobGas,

    /// <summary>Versioned hash, or the list of them.</summary>
    BlobVersionedHashes,

    /// <summary>Authorization list, or the list that is one authorization.</summary>
    AuthorizationList,

    /// <summary>Chain id of an authorization.</summary>
    AuthorizationChainId,

    /// <summary>Address of an authorization.</summary>
    AuthorizationAddress,

    /// <summary>Nonce of an authorization.</summary>
    AuthorizationNonce,

    /// <summary>Y parity of an authorization.</summary>
    AuthorizationYParity,

    /// <summary>R of an authorization's signature.</summary>
    AuthorizationR,

    /// <summary>S of an authorization's signature.</summary>
    AuthorizationS,

    /// <summary>V of a legacy signature, y parity of any other.</summary>
    V,

    /// <summary>R of the signature.</summary>
    R,

    /// <summary>S of the signature.</summary>
    S,

    /// <summary>The list around a blob transaction's body and sidecar (network form).</summary>
    Wrapper,

    /// <summary>Version of the sidecar.</summary>
    WrapperVersion,

    /// <summary>Blob, or the list of them.</summary>
    Blobs,

    /// <summary>Commitment, or the list of them.</summary>
    Commitments,

    /// <summary>Proof, or the list of them.</summary>
    Proofs,
}
