using Koinon.Primitives.Transactions;

namespace Koinon.Primitives.Blocks;

/// <summary>A header with the body it stands for.</summary>
/// <remarks>Immutable; safe from any thread.</remarks>
public sealed partial class Block
{
    /// <summary>The header.</summary>
    public required BlockHeader Header { get; init; }

    /// <summary>The transactions in their order.</summary>
    public IReadOnlyList<Transaction> Transactions { get; init; } = [];

    /// <summary>Headers of blocks that lost, for which their authors are paid before the merge.</summary>
    public IReadOnlyList<BlockHeader> Uncles { get; init; } = [];

    /// <summary>The withdrawals (EIP-4895); <see langword="null"/> in forks that have none.</summary>
    public IReadOnlyList<Withdrawal>? Withdrawals { get; init; }
}
