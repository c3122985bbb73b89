using Koinon.Chain;
using Koinon.Primitives.Transactions;
using Decode = Koinon.Primitives.Transactions.TransactionDecodeReason;
using Field = Koinon.Primitives.Transactions.TransactionField;

namespace Koinon.Fixtures.Exceptions;

/// <summary>
/// The names of ethereum/tests and legacytests before EEST, each with the set of reasons it was used for.
/// </summary>
/// <remarks>
/// The names were those of the generator's error messages. Where one was given to blocks that are wrong in two ways, or
/// to more than one rule, all of these reasons stand beside it. A table, hence its length.
/// </remarks>
internal static class OlderExceptionNames
{
    /// <summary>What each name stands for.</summary>
    internal static KeyValuePair<string, RefusalPattern[]>[] Table { get; } = [.. Transactions(), .. Blocks()];

    private static KeyValuePair<string, RefusalPattern[]>[] Transactions() =>
    [
        N("IntrinsicGas", TransactionError.IntrinsicGasTooLow),
        N("SenderNotEOA", TransactionError.SenderNotExternallyOwned),
        N("SenderNotEOAorNoCASH", TransactionError.SenderNotExternallyOwned, TransactionError.InsufficientFunds),
        N("TR_BLOBCREATE", TransactionError.BlobCreation, (Decode.CreationNotAllowed, Field.To)),
        N("TR_BLOBLIST_OVERSIZE", TransactionError.BlobCountExceeded, TransactionError.BlobGasAllowanceExceeded),
        N("TR_BLOBVERSION_INVALID", TransactionError.BlobVersionedHashInvalid),
        N("TR_EMPTYBLOB", TransactionError.BlobsMissing),
        N("TR_FeeCapLessThanBlocks", TransactionError.FeeBelowBaseFee),
        N("TR_FeeCapLessThanBlocksORGasLimitReached",
            TransactionError.FeeBelowBaseFee, TransactionError.GasAllowanceExceeded),
        N("TR_FeeCapLessThanBlocksORNoFunds", TransactionError.FeeBelowBaseFee, TransactionError.InsufficientFunds),
        N("TR_GasLimitReached", TransactionError.GasAllowanceExceeded),
        N("TR_IntrinsicGas", TransactionError.IntrinsicGasTooLow),
        N("TR_NoFunds", TransactionError.InsufficientFunds),
        N("TR_NoFundsX", TransactionError.InsufficientFunds, TransactionError.GasPriceProductOverflow),
        N("TR_NoFundsOrGas", TransactionError.InsufficientFunds, TransactionError.IntrinsicGasTooLow),
        N("TR_NonceHasMaxValue", TransactionError.NonceMaximum),
        N("TR_NonceTooHigh", TransactionError.NonceTooHigh),
        N("TR_NonceTooLow", TransactionError.NonceTooLow),
        N("TR_RLP_WRONGVALUE", (Decode.Overflow, Field.Value)),
        N("TR_TipGtFeeCap", TransactionError.PriorityAboveMaximumFee),
        N("TR_TypeNotSupported", TransactionError.TypeNotSupported),
    ];

    private static KeyValuePair<string, RefusalPattern[]>[] Blocks() =>
    [
        N("1559BlockImportImpossible_BaseFeeWrong", BlockError.BaseFeeWrong),
        N("1559BlockImportImpossible_HeaderIsLegacy", BlockError.BaseFeeMissing, BlockError.BaseFeeUnexpected),
        N("3675PoSBlockRejected", BlockError.DifficultyZero),
        N("3675PoWBlockRejected", BlockError.DifficultyNotZero),
        N("3675PreParis1559BlockRejected", BlockError.DifficultyNotZero, BlockError.UnclesAfterMerge),
        N("BlockGasLimitReached", TransactionError.GasAllowanceExceeded),
        N("ExtraDataIncorrectDAO", BlockError.ExtraDataOfDaoForkWrong),
        N("ExtraDataTooBig", BlockError.ExtraDataTooLong),
        N("INPUT_UNMARSHAL_ADDRESS_ERROR", BlockError.RlpAddressLength),
        N("INPUT_UNMARSHAL_ERROR", BlockError.RlpFieldOverflow, BlockError.RlpStructure),
        N("InvalidBlockNonce", BlockError.MixHashWrong, BlockError.ProofOfWorkInsufficient),
        N("InvalidDifficulty", BlockError.DifficultyWrong, BlockError.DifficultyZero, BlockError.DifficultyNotZero),
        N("InvalidGasLimit", BlockError.GasLimitOutOfBounds, BlockError.GasLimitTooLarge),
        N("InvalidGasLimit2", BlockError.GasLimitOutOfBounds),
        N("InvalidGasLimit3", BlockError.GasLimitOutOfBounds),
        N("InvalidGasUsed", BlockError.GasUsedWrong),
        N("InvalidGasUsed2", BlockError.GasUsedWrong),
        N("InvalidLogBloom", BlockError.LogsBloomWrong),
        N("InvalidNumber", BlockError.NumberWrong),
        N("InvalidReceiptsStateRoot", BlockError.ReceiptsRootWrong),
        N("InvalidStateRoot", BlockError.StateRootWrong),
        N("InvalidTimestamp", BlockError.TimestampNotAfterParent),
        N("InvalidTimestampEqualParent", BlockError.TimestampNotAfterParent),
        N("InvalidTimestampOlderParent", BlockError.TimestampNotAfterParent),
        N("InvalidTransactionsRoot", BlockError.TransactionsRootWrong),
        N("InvalidUncleParentHash", BlockError.UncleParentNotAncestor, BlockError.UncleIsAncestor),
        N("InvalidUnclesHash", BlockError.UnclesHashWrong),
        N("InvalidWithdrawals", BlockError.WithdrawalsRootWrong),
        N("LegacyBlockImportImpossible", BlockError.BaseFeeMissing),
        N("LegacyBlockImportImpossible2", BlockError.BaseFeeMissing),
        N("ParisBlockImportImpossible", BlockError.WithdrawalsRootMissing),
        N("PostParisDifficultyIsNot0", BlockError.DifficultyNotZero),
        N("PostParisUncleHashIsNotEmpty", BlockError.UnclesAfterMerge),
        N("RLP_ExpectedAsList", BlockError.RlpWithdrawals, BlockError.RlpStructure),
        N("ShanghaiBlockImportImpossible", BlockError.WithdrawalsRootUnexpected),
        N("TooManyUncles", BlockError.UnclesTooMany),

        // One test's block uses more than its gas limit since the limit is zero.
        N("TooMuchGasUsed", BlockError.GasUsedAboveLimit, BlockError.GasLimitOutOfBounds),

        // Any uncle that is no stranger: an ancestor, one that an ancestor has, or one that the block lists twice.
        N("UncleInChain", BlockError.UncleAlreadyIncluded, BlockError.UncleIsAncestor, BlockError.UncleListedTwice),
        N("UncleIsAncestor", BlockError.UncleIsAncestor),
        N("UncleIsBrother", BlockError.UncleIsBrother, BlockError.UncleListedTwice),
        N("UncleParentIsNotAncestor", BlockError.UncleParentNotAncestor, BlockError.UncleIsBrother),
        N("UncleTooOld", BlockError.UncleParentNotAncestor),
        N("UnknownParent", BlockError.ParentUnknown, BlockError.ParentZero),
        N("UnknownParent2", BlockError.ParentUnknown, BlockError.ParentZero),
    ];

    private static KeyValuePair<string, RefusalPattern[]> N(string name, params RefusalPattern[] patterns) =>
        new(name, patterns);
}
