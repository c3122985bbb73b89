using Koinon.Primitives.Rlp;
using Koinon.Primitives.Transactions;

namespace Koinon.Primitives.Blocks;

/// <summary>Why bytes are no block: which part is wrong, and what that part's own error says.</summary>
public readonly record struct BlockDecodeError
{
    /// <summary>Which part is wrong.</summary>
    public BlockDecodeReason Reason { get; init; }

    /// <summary>The reader's reason, where the RLP around the parts is malformed.</summary>
    public RlpError Rlp { get; init; }

    /// <summary>Which transaction, uncle or withdrawal is wrong, from 0 on.</summary>
    public int Index { get; init; }

    /// <summary>What is wrong with the header or uncle.</summary>
    public HeaderDecodeError Header { get; init; }

    /// <summary>What is wrong with the transaction.</summary>
    public TransactionDecodeError Transaction { get; init; }

    /// <summary>What is wrong with the withdrawal.</summary>
    public WithdrawalDecodeError Withdrawal { get; init; }

    /// <summary>Whether something is wrong.</summary>
    public bool IsError => Reason != BlockDecodeReason.None;
}
