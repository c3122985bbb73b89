using Koinon.Chain;
using Koinon.Primitives.Transactions;
using Decode = Koinon.Primitives.Transactions.TransactionDecodeReason;
using Field = Koinon.Primitives.Transactions.TransactionField;

namespace Koinon.Fixtures.Exceptions;

/// <summary>The names of EEST (<c>TransactionException.…</c>, <c>BlockException.…</c>), one reason each.</summary>
/// <remarks>Source: ethereum/execution-specs, <c>execution_testing/exceptions</c>. A table, hence its length.</remarks>
internal static class CurrentExceptionNames
{
    /// <summary>What each name stands for.</summary>
    /// <remarks>
    /// More than one reason stands beside a name only where EEST itself does not part them. A name with none cannot
    /// come of bytes: what it is about is stated beside the block (a payload's hash, its versioned hashes).
    /// </remarks>
    internal static KeyValuePair<string, RefusalPattern[]>[] Table { get; } = [.. Transactions(), .. Blocks()];

    private static KeyValuePair<string, RefusalPattern[]>[] Transactions() =>
    [
        // A first byte from 0x80 to 0xbf is no type either.
        T("TYPE_NOT_SUPPORTED", TransactionError.TypeNotSupported, Decode.TypeUnknown, Decode.NotATransaction),
        T("SENDER_NOT_EOA", TransactionError.SenderNotExternallyOwned),
        T("ADDRESS_TOO_SHORT", (Decode.TooShort, Field.To)),
        T("ADDRESS_TOO_LONG", (Decode.TooLong, Field.To)),
        T("NONCE_MISMATCH_TOO_HIGH", TransactionError.NonceTooHigh),
        T("NONCE_MISMATCH_TOO_LOW", TransactionError.NonceTooLow),
        T("NONCE_TOO_BIG", TransactionError.NonceMaximum),
        T("NONCE_IS_MAX", TransactionError.NonceMaximum),
        T("NONCE_OVERFLOW", (Decode.Overflow, Field.Nonce)),

        // One test's gas limit is over 64 bits by its leading zeros alone.
        T("GASLIMIT_OVERFLOW", (Decode.Overflow, Field.GasLimit), (Decode.LeadingZeros, Field.GasLimit)),
        T("VALUE_OVERFLOW", (Decode.Overflow, Field.Value)),
        T("GASPRICE_OVERFLOW", (Decode.Overflow, Field.GasPrice), (Decode.Overflow, Field.MaxFeePerGas)),
        T("PRIORITY_OVERFLOW", (Decode.Overflow, Field.MaxPriorityFeePerGas)),
        T("GASLIMIT_PRICE_PRODUCT_OVERFLOW", TransactionError.GasPriceProductOverflow),
        T("INVALID_SIGNATURE_VRS", TransactionError.SignatureInvalid, (Decode.Overflow, Field.R),
            (Decode.Overflow, Field.S)),
        T("EC_RECOVERY_FAIL", TransactionError.SignatureInvalid),
        T("INVALID_CHAINID", TransactionError.ChainIdMismatch),
        T("RLP_INVALID_SIGNATURE_R", (Decode.StringExpected, Field.R)),
        T("RLP_INVALID_SIGNATURE_S", (Decode.StringExpected, Field.S)),
        T("RLP_INVALID_DATA", (Decode.StringExpected, Field.Data)),
        T("RLP_INVALID_GASLIMIT", (Decode.StringExpected, Field.GasLimit)),
        T("RLP_INVALID_NONCE", (Decode.StringExpected, Field.Nonce)),
        T("RLP_INVALID_TO", (Decode.StringExpected, Field.To)),
        T("RLP_INVALID_VALUE", (Decode.StringExpected, Field.Value)),
        T("RLP_INVALID_HEADER", Decode.NotATransaction, (Decode.Malformed, Field.Envelope)),
        T("RLP_LEADING_ZEROS_GASLIMIT", (Decode.LeadingZeros, Field.GasLimit)),
        T("RLP_LEADING_ZEROS_GASPRICE", (Decode.LeadingZeros, Field.GasPrice)),
        T("RLP_LEADING_ZEROS_BASEFEE", (Decode.LeadingZeros, Field.MaxFeePerGas)),
        T("RLP_LEADING_ZEROS_PRIORITY_FEE", (Decode.LeadingZeros, Field.MaxPriorityFeePerGas)),
        T("RLP_LEADING_ZEROS_VALUE", (Decode.LeadingZeros, Field.Value)),
        T("RLP_LEADING_ZEROS_NONCE", (Decode.LeadingZeros, Field.Nonce)),
        T("RLP_LEADING_ZEROS_R", (Decode.LeadingZeros, Field.R)),
        T("RLP_LEADING_ZEROS_S", (Decode.LeadingZeros, Field.S)),
        T("RLP_LEADING_ZEROS_V", (Decode.LeadingZeros, Field.V)),
        T("RLP_LEADING_ZEROS_DATA_SIZE", (Decode.Malformed, Field.Data)),
        T("RLP_LEADING_ZEROS_NONCE_SIZE", (Decode.Malformed, Field.Nonce)),
        T("RLP_TOO_FEW_ELEMENTS", Decode.TooFewFields),
        T("RLP_TOO_MANY_ELEMENTS", Decode.TooManyFields),

        // One test is the single byte 0xb8: the header of a string, which is no transaction, and ends early.
        T("RLP_ERROR_EOF", Decode.Malformed, Decode.Empty, Decode.NotATransaction),
        T("RLP_ERROR_SIZE", Decode.Malformed, Decode.TrailingBytes),
        T("RLP_ERROR_SIZE_LEADING_ZEROS", Decode.Malformed),
        T("RLP_INVALID_ACCESS_LIST_ADDRESS_TOO_LONG", (Decode.TooLong, Field.AccessListAddress)),
        T("RLP_INVALID_ACCESS_LIST_ADDRESS_TOO_SHORT", (Decode.TooShort, Field.AccessListAddress)),
        T("RLP_INVALID_ACCESS_LIST_STORAGE_TOO_LONG", (Decode.TooLong, Field.AccessListSlots)),
        T("RLP_INVALID_ACCESS_LIST_STORAGE_TOO_SHORT", (Decode.TooShort, Field.AccessListSlots)),
        T("INSUFFICIENT_ACCOUNT_FUNDS", TransactionError.InsufficientFunds),
        T("INSUFFICIENT_MAX_FEE_PER_GAS", TransactionError.FeeBelowBaseFee),
        T("INSUFFICIENT_MAX_FEE_PER_BLOB_GAS", TransactionError.BlobFeeBelowBaseFee),
        T("PRIORITY_GREATER_THAN_MAX_FEE_PER_GAS", TransactionError.PriorityAboveMaximumFee),
        T("PRIORITY_GREATER_THAN_MAX_FEE_PER_GAS_2", TransactionError.PriorityAboveMaximumFee),
        T("INTRINSIC_GAS_TOO_LOW", TransactionError.IntrinsicGasTooLow),
        T("INTRINSIC_GAS_BELOW_FLOOR_GAS_COST", TransactionError.GasBelowFloor),
        T("INITCODE_SIZE_EXCEEDED", TransactionError.InitCodeTooLarge),
        T("GAS_ALLOWANCE_EXCEEDED", TransactionError.GasAllowanceExceeded),
        T("GAS_LIMIT_EXCEEDS_MAXIMUM", TransactionError.GasLimitAboveMaximum),
        T("TYPE_1_TX_PRE_FORK", TransactionError.TypeNotSupported),
        T("TYPE_2_TX_PRE_FORK", TransactionError.TypeNotSupported),
        T("TYPE_3_TX_PRE_FORK", TransactionError.TypeNotSupported),
        T("TYPE_3_TX_ZERO_BLOBS_PRE_FORK", TransactionError.TypeNotSupported),
        T("TYPE_4_TX_PRE_FORK", TransactionError.TypeNotSupported),
        T("TYPE_3_TX_INVALID_BLOB_VERSIONED_HASH", TransactionError.BlobVersionedHashInvalid),
        T("TYPE_3_TX_WITH_FULL_BLOBS", Decode.SidecarNotAllowed),
        T("TYPE_3_TX_BLOB_COUNT_EXCEEDED", TransactionError.BlobCountExceeded),
        T("TYPE_3_TX_MAX_BLOB_GAS_ALLOWANCE_EXCEEDED", TransactionError.BlobGasAllowanceExceeded),
        T("TYPE_3_TX_CONTRACT_CREATION", TransactionError.BlobCreation, (Decode.CreationNotAllowed, Field.To)),
        T("TYPE_3_TX_ZERO_BLOBS", TransactionError.BlobsMissing),
        T("TYPE_4_EMPTY_AUTHORIZATION_LIST", TransactionError.AuthorizationsMissing),
        T("TYPE_4_INVALID_AUTHORITY_SIGNATURE", (Decode.Overflow, Field.AuthorizationYParity),
            (Decode.Overflow, Field.AuthorizationR), (Decode.Overflow, Field.AuthorizationS)),
        T("TYPE_4_INVALID_AUTHORITY_SIGNATURE_S_TOO_HIGH", (Decode.Overflow, Field.AuthorizationS)),
        T("TYPE_4_INVALID_AUTHORIZATION_FORMAT", (Decode.Overflow, Field.AuthorizationChainId),
            (Decode.Overflow, Field.AuthorizationNonce), (Decode.TooShort, Field.AuthorizationAddress),
            (Decode.TooLong, Field.AuthorizationAddress), (Decode.TooFewFields, Field.AuthorizationList),
            (Decode.TooManyFields, Field.AuthorizationList), (Decode.StringExpected, Field.AuthorizationNonce),
            (Decode.ListExpected, Field.AuthorizationList)),
        T("TYPE_4_TX_CONTRACT_CREATION", TransactionError.AuthorizationCreation, (Decode.CreationNotAllowed, Field.To)),
    ];

    private static KeyValuePair<string, RefusalPattern[]>[] Blocks() =>
    [
        B("TOO_MANY_UNCLES", BlockError.UnclesTooMany),
        B("UNCLE_IN_CHAIN", BlockError.UncleAlreadyIncluded),
        B("UNCLE_IS_ANCESTOR", BlockError.UncleIsAncestor),
        B("UNCLE_IS_BROTHER", BlockError.UncleIsBrother, BlockError.UncleListedTwice),
        B("UNCLE_PARENT_INCORRECT", BlockError.UncleParentNotAncestor),
        B("UNCLE_UNKNOWN_PARENT", BlockError.UncleParentNotAncestor),
        B("EXTRA_DATA_TOO_BIG", BlockError.ExtraDataTooLong),
        B("EXTRA_DATA_INVALID_DAO", BlockError.ExtraDataOfDaoForkWrong),
        B("UNKNOWN_PARENT", BlockError.ParentUnknown),
        B("UNKNOWN_PARENT_ZERO", BlockError.ParentZero),
        B("GASLIMIT_TOO_BIG", BlockError.GasLimitTooLarge),
        B("INVALID_BLOCK_NUMBER", BlockError.NumberWrong),
        B("INVALID_BLOCK_TIMESTAMP_OLDER_THAN_PARENT", BlockError.TimestampNotAfterParent),

        // Where the merge is reached, the formula's difficulty is wrong because it is not zero.
        B("INVALID_DIFFICULTY", BlockError.DifficultyWrong, BlockError.DifficultyZero, BlockError.DifficultyNotZero),
        B("INVALID_LOG_BLOOM", BlockError.LogsBloomWrong),
        B("INVALID_STATE_ROOT", BlockError.StateRootWrong),
        B("INVALID_RECEIPTS_ROOT", BlockError.ReceiptsRootWrong),
        B("INVALID_TRANSACTIONS_ROOT", BlockError.TransactionsRootWrong),
        B("INVALID_UNCLES_HASH", BlockError.UnclesHashWrong),
        B("GAS_USED_OVERFLOW", BlockError.GasUsedAboveLimit),
        B("INVALID_GASLIMIT", BlockError.GasLimitOutOfBounds),
        B("INVALID_BASEFEE_PER_GAS", BlockError.BaseFeeWrong),
        B("INVALID_GAS_USED", BlockError.GasUsedWrong),
        B("INVALID_GAS_USED_ABOVE_LIMIT", BlockError.GasUsedAboveLimit),
        B("INVALID_WITHDRAWALS_ROOT", BlockError.WithdrawalsRootWrong),
        B("INCORRECT_BLOCK_FORMAT", BlockError.RlpStructure, BlockError.RlpWithdrawals,
            BlockError.BaseFeeMissing, BlockError.BaseFeeUnexpected,
            BlockError.WithdrawalsRootMissing, BlockError.WithdrawalsRootUnexpected,
            BlockError.BlobFieldsMissing, BlockError.BlobFieldsUnexpected,
            BlockError.BeaconRootMissing, BlockError.BeaconRootUnexpected,
            BlockError.RequestsHashMissing, BlockError.RequestsHashUnexpected),
        B("BLOB_GAS_USED_ABOVE_LIMIT", BlockError.BlobGasUsedAboveLimit),
        B("INCORRECT_BLOB_GAS_USED", BlockError.BlobGasUsedWrong),
        B("INCORRECT_EXCESS_BLOB_GAS", BlockError.ExcessBlobGasWrong),
        B("INVALID_VERSIONED_HASHES"),
        B("RLP_STRUCTURES_ENCODING", BlockError.RlpStructure, BlockError.RlpTransaction, BlockError.RlpWithdrawals,
            BlockError.RlpAddressLength, BlockError.RlpFieldOverflow),
        B("RLP_WITHDRAWALS_NOT_READ", BlockError.RlpWithdrawals),
        B("RLP_INVALID_FIELD_OVERFLOW_64", BlockError.RlpFieldOverflow),
        B("RLP_INVALID_ADDRESS", BlockError.RlpAddressLength),
        B("RLP_BLOCK_LIMIT_EXCEEDED", BlockError.BlockTooLarge),
        B("INVALID_REQUESTS", BlockError.RequestsHashWrong),
        B("IMPORT_IMPOSSIBLE_LEGACY", BlockError.BaseFeeMissing),
        B("IMPORT_IMPOSSIBLE_LEGACY_WRONG_PARENT", BlockError.BaseFeeMissing),
        B("IMPORT_IMPOSSIBLE_LONDON_WRONG_PARENT", BlockError.BaseFeeUnexpected),
        B("IMPORT_IMPOSSIBLE_PARIS_WRONG_POW", BlockError.DifficultyNotZero),
        B("IMPORT_IMPOSSIBLE_PARIS_WRONG_POS", BlockError.DifficultyZero),
        B("IMPORT_IMPOSSIBLE_LONDON_OVER_PARIS", BlockError.DifficultyNotZero),
        B("IMPORT_IMPOSSIBLE_PARIS_OVER_SHANGHAI", BlockError.WithdrawalsRootMissing),
        B("IMPORT_IMPOSSIBLE_SHANGHAI", BlockError.WithdrawalsRootUnexpected),
        B("IMPORT_IMPOSSIBLE_UNCLES_OVER_PARIS", BlockError.UnclesAfterMerge),
        B("IMPORT_IMPOSSIBLE_DIFFICULTY_OVER_PARIS", BlockError.DifficultyNotZero),
        B("SYSTEM_CONTRACT_EMPTY", BlockError.SystemContractEmpty),
        B("SYSTEM_CONTRACT_CALL_FAILED", BlockError.SystemContractFailed),
        B("INVALID_BLOCK_HASH"),
        B("INVALID_DEPOSIT_EVENT_LAYOUT", BlockError.DepositEventLayout),
    ];

    private static KeyValuePair<string, RefusalPattern[]> T(string name, params RefusalPattern[] patterns) =>
        new($"TransactionException.{name}", patterns);

    private static KeyValuePair<string, RefusalPattern[]> B(string name, params RefusalPattern[] patterns) =>
        new($"BlockException.{name}", patterns);
}
