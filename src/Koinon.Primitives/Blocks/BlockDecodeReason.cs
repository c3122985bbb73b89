using Koinon.Primitives.Rlp;

namespace Koinon.Primitives.Blocks;

/// <summary>
/// Which part of a block's bytes is wrong; for headers, transactions and withdrawals another error says more.
/// </summary>
public enum BlockDecodeReason : byte
{
    /// <summary>Nothing: it was decoded.</summary>
    None,

    /// <summary>
    /// The RLP around the parts is not canonical or ends early; the <see cref="RlpError"/> beside it says how.
    /// </summary>
    Malformed,

    /// <summary>The block is a string, not a list.</summary>
    BlockNotAList,

    /// <summary>The block has no header, no transactions or no uncles.</summary>
    TooFewParts,

    /// <summary>The block has more parts than header, transactions, uncles and withdrawals.</summary>
    TooManyParts,

    /// <summary>Bytes follow the block.</summary>
    TrailingBytes,

    /// <summary>The header is wrong.</summary>
    HeaderInvalid,

    /// <summary>The transactions are a string, not a list.</summary>
    TransactionsNotAList,

    /// <summary>A transaction is wrong.</summary>
    TransactionInvalid,

    /// <summary>The uncles are a string, not a list.</summary>
    UnclesNotAList,

    /// <summary>An uncle's header is wrong.</summary>
    UncleInvalid,

    /// <summary>The withdrawals are a string, not a list.</summary>
    WithdrawalsNotAList,

    /// <summary>A withdrawal is wrong.</summary>
    WithdrawalInvalid,
}
