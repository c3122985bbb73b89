namespace Koinon.Chain;

/// <summary>Why a block is refused: the closed list. A refused uncle states its header's own fault.</summary>
public enum BlockError : byte
{
    /// <summary>The block is valid.</summary>
    None,

    /// <summary>The bytes are not the canonical RLP of a block.</summary>
    RlpStructure,

    /// <summary>A number in the RLP is longer than its field.</summary>
    RlpFieldOverflow,

    /// <summary>An address in the RLP is not of 20 bytes.</summary>
    RlpAddressLength,

    /// <summary>A transaction of the block does not decode.</summary>
    RlpTransaction,

    /// <summary>The list of withdrawals is missing, or there is one before its fork (EIP-4895).</summary>
    RlpWithdrawals,

    /// <summary>The block's RLP is over the limit (EIP-7934).</summary>
    BlockTooLarge,

    /// <summary>The parent is not known here.</summary>
    ParentUnknown,

    /// <summary>The parent's hash is zero, which no block has.</summary>
    ParentZero,

    /// <summary>The parent's state is no longer kept.</summary>
    ParentStateUnavailable,

    /// <summary>The number is not the parent's plus one.</summary>
    NumberWrong,

    /// <summary>The time is not after the parent's.</summary>
    TimestampNotAfterParent,

    /// <summary>The extra data is over 32 bytes.</summary>
    ExtraDataTooLong,

    /// <summary>The extra data is not what the ten blocks from the DAO fork on must say.</summary>
    ExtraDataOfDaoForkWrong,

    /// <summary>The gas limit is over 2⁶³-1.</summary>
    GasLimitTooLarge,

    /// <summary>The gas limit is under 5,000 or too far from the parent's.</summary>
    GasLimitOutOfBounds,

    /// <summary>The header states more gas used than its limit.</summary>
    GasUsedAboveLimit,

    /// <summary>The difficulty is not what the formula gives.</summary>
    DifficultyWrong,

    /// <summary>The difficulty is zero before the merge.</summary>
    DifficultyZero,

    /// <summary>The difficulty is not zero after the merge (EIP-3675).</summary>
    DifficultyNotZero,

    /// <summary>The nonce is not zero after the merge (EIP-3675).</summary>
    NonceNotZero,

    /// <summary>The mix hash is not what the nonce gives.</summary>
    MixHashWrong,

    /// <summary>The proof of work misses the difficulty.</summary>
    ProofOfWorkInsufficient,

    /// <summary>The header has no base fee (EIP-1559).</summary>
    BaseFeeMissing,

    /// <summary>The header has a base fee before its fork.</summary>
    BaseFeeUnexpected,

    /// <summary>The base fee does not follow from the parent.</summary>
    BaseFeeWrong,

    /// <summary>The header has no withdrawals root (EIP-4895).</summary>
    WithdrawalsRootMissing,

    /// <summary>The header has a withdrawals root before its fork.</summary>
    WithdrawalsRootUnexpected,

    /// <summary>The withdrawals root is not that of the block's withdrawals.</summary>
    WithdrawalsRootWrong,

    /// <summary>The header has no blob gas fields (EIP-4844).</summary>
    BlobFieldsMissing,

    /// <summary>The header has blob gas fields before their fork.</summary>
    BlobFieldsUnexpected,

    /// <summary>The excess blob gas does not follow from the parent.</summary>
    ExcessBlobGasWrong,

    /// <summary>The header states more blob gas used than a block may.</summary>
    BlobGasUsedAboveLimit,

    /// <summary>The blob gas used is not what the transactions use.</summary>
    BlobGasUsedWrong,

    /// <summary>The header has no root of the parent's beacon block (EIP-4788).</summary>
    BeaconRootMissing,

    /// <summary>The header has a root of the parent's beacon block before its fork.</summary>
    BeaconRootUnexpected,

    /// <summary>The header has no requests hash (EIP-7685).</summary>
    RequestsHashMissing,

    /// <summary>The header has a requests hash before its fork.</summary>
    RequestsHashUnexpected,

    /// <summary>The requests hash is not that of the requests that execution gave.</summary>
    RequestsHashWrong,

    /// <summary>The uncles hash is not that of the block's uncles.</summary>
    UnclesHashWrong,

    /// <summary>There are more than two uncles.</summary>
    UnclesTooMany,

    /// <summary>There are uncles after the merge (EIP-3675).</summary>
    UnclesAfterMerge,

    /// <summary>The block lists an uncle twice.</summary>
    UncleListedTwice,

    /// <summary>An ancestor has this uncle already.</summary>
    UncleAlreadyIncluded,

    /// <summary>The uncle is an ancestor of the block.</summary>
    UncleIsAncestor,

    /// <summary>The uncle has the block's own parent.</summary>
    UncleIsBrother,

    /// <summary>The uncle's parent is none of the last seven ancestors.</summary>
    UncleParentNotAncestor,

    /// <summary>The transactions root is not that of the block's transactions.</summary>
    TransactionsRootWrong,

    /// <summary>A transaction may not be executed: <see cref="BlockVerdict.Transaction"/> says why.</summary>
    TransactionInvalid,

    /// <summary>A deposit event is not laid out as the deposit contract does (EIP-6110).</summary>
    DepositEventLayout,

    /// <summary>A system contract that the fork needs has no code (EIP-7002, EIP-7251).</summary>
    SystemContractEmpty,

    /// <summary>A system contract failed (EIP-7002, EIP-7251).</summary>
    SystemContractFailed,

    /// <summary>The gas used is not what the transactions use.</summary>
    GasUsedWrong,

    /// <summary>The logs bloom is not that of the receipts.</summary>
    LogsBloomWrong,

    /// <summary>The receipts root is not that of the receipts.</summary>
    ReceiptsRootWrong,

    /// <summary>The state root is not that of the state after the block.</summary>
    StateRootWrong,

    /// <summary>A value of the state is not known here.</summary>
    StateUnavailable,

    /// <summary>The block is valid, and the store could not take it: the disk is full or fails.</summary>
    NotWritten,
}
