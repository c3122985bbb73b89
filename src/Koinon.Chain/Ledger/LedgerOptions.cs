using Koinon.Evm;
using Koinon.Primitives.State;

namespace Koinon.Chain.Ledger;

/// <summary>What a ledger keeps, and what bounds it in memory.</summary>
public sealed record LedgerOptions
{
    /// <summary>
    /// How many blocks below the head blocks of side branches are kept; at least 7, which uncles need.
    /// </summary>
    public ulong SideBranchDepth { get; init; } = 128;

    /// <summary>
    /// How many blocks below the head states are kept; <see langword="null"/> for all (an archive node). A
    /// reorganisation reaches as deep.
    /// </summary>
    public ulong? StateDepth { get; init; }

    /// <summary>How many blocks below the head proofs can be made of; <see langword="null"/> for all.</summary>
    public ulong? ProofDepth { get; init; } = 128;

    /// <summary>
    /// How many blocks below the head have their bodies, receipts and logs kept; <see langword="null"/> for all.
    /// </summary>
    public ulong? BlockDepth { get; init; }

    /// <summary>How many moves of the head are kept for those who resume.</summary>
    public int HeadChangesKept { get; init; } = 1_024;

    /// <summary>Most bytes, about, of blocks that are not canonical.</summary>
    public long LayerBytesMax { get; init; } = 256L * 1024 * 1024;

    /// <summary>
    /// Most bytes, about, of decoded canonical blocks that are kept at hand; <see langword="null"/> for 32 MiB over a
    /// store on disk and 4 MiB over one in memory, which holds them all anyway.
    /// </summary>
    public long? CacheBytesMax { get; init; }

    /// <summary>What lies under the state where the store knows nothing: a remote chain's state at a fork.</summary>
    public IStateView? Beneath { get; init; }

    /// <summary>The hashes of the blocks below the first one: those of a remote chain below a fork.</summary>
    public IBlockHashes? HashesBeneath { get; init; }
}
