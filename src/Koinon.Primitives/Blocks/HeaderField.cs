namespace Koinon.Primitives.Blocks;

/// <summary>The parts of a header in the order of its encoding, to say where decoding stopped.</summary>
public enum HeaderField : byte
{
    /// <summary>The list as a whole.</summary>
    List,

    /// <summary>Hash of the parent.</summary>
    ParentHash,

    /// <summary>Hash of the list of uncles.</summary>
    UnclesHash,

    /// <summary>Who receives fees and reward.</summary>
    Beneficiary,

    /// <summary>Root of the state after the block.</summary>
    StateRoot,

    /// <summary>Root of the transactions.</summary>
    TransactionsRoot,

    /// <summary>Root of the receipts.</summary>
    ReceiptsRoot,

    /// <summary>Filter over the logs.</summary>
    LogsBloom,

    /// <summary>Difficulty.</summary>
    Difficulty,

    /// <summary>Number.</summary>
    Number,

    /// <summary>Gas limit.</summary>
    GasLimit,

    /// <summary>Gas used.</summary>
    GasUsed,

    /// <summary>Time.</summary>
    Timestamp,

    /// <summary>Free bytes of the author.</summary>
    ExtraData,

    /// <summary>Mix hash, or the beacon chain's randomness.</summary>
    MixHash,

    /// <summary>Nonce of the seal.</summary>
    Nonce,

    /// <summary>Base fee (EIP-1559).</summary>
    BaseFeePerGas,

    /// <summary>Root of the withdrawals (EIP-4895).</summary>
    WithdrawalsRoot,

    /// <summary>Blob gas used (EIP-4844).</summary>
    BlobGasUsed,

    /// <summary>Excess blob gas (EIP-4844).</summary>
    ExcessBlobGas,

    /// <summary>Root of the parent beacon block (EIP-4788).</summary>
    ParentBeaconBlockRoot,

    /// <summary>Hash of the execution requests (EIP-7685).</summary>
    RequestsHash,
}
