using Koinon.Chain;
using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Consensus;

/// <summary>Consensus that left the execution layer at the merge: blocks after it carry no seal (EIP-3675).</summary>
/// <remarks>Safe from any thread.</remarks>
/// <param name="before">Consensus of the blocks before the merge.</param>
public sealed class Merged(IConsensus before) : IConsensus
{
    private static readonly Hash256 NoUncles = BlockHeader.UnclesHashOf([]);

    /// <summary>Consensus of a network of proof of work and of what followed.</summary>
    /// <param name="network">The network.</param>
    /// <param name="caches">What seals are checked with; <see langword="null"/> takes every seal for good.</param>
    public static Merged For(NetworkParameters network, EthashCaches? caches) =>
        new(new Ethash(caches, network.FixedDifficulty));

    /// <inheritdoc/>
    public Hash256 HashOf(BlockHeader header) => before.HashOf(header);

    /// <inheritdoc/>
    public Address AuthorOf(BlockHeader header) => before.AuthorOf(header);

    /// <inheritdoc/>
    public BlockVerdict VerifyHeader(BlockHeader header, LedgerBlock parent, ActiveRules rules)
    {
        if (!rules.Rules.IsMerged)
        {
            return before.VerifyHeader(header, parent, rules);
        }

        if (!header.Difficulty.IsZero)
        {
            return new BlockVerdict(BlockError.DifficultyNotZero, $"difficulty {header.Difficulty} after the merge");
        }

        if (header.UnclesHash != NoUncles)
        {
            return new BlockVerdict(BlockError.UnclesAfterMerge, $"uncles hash {header.UnclesHash} after the merge");
        }

        return header.Nonce == 0
            ? BlockVerdict.Valid
            : new BlockVerdict(BlockError.NonceNotZero, $"nonce {header.Nonce} after the merge");
    }

    /// <inheritdoc/>
    /// <remarks>After the merge the header's uncles hash was checked already, and the body against it.</remarks>
    public BlockVerdict VerifyUncles(Block block, ActiveRules rules, Ancestry ancestry, HeaderVerifier headers) =>
        rules.Rules.IsMerged ? BlockVerdict.Valid : before.VerifyUncles(block, rules, ancestry, headers);

    /// <inheritdoc/>
    public IReadOnlyList<BalanceCredit> RewardsOf(Block block, ActiveRules rules) =>
        rules.Rules.IsMerged ? [] : before.RewardsOf(block, rules);

    /// <inheritdoc/>
    public void Prepare(HeaderDraft draft, LedgerBlock parent, ActiveRules rules)
    {
        if (!rules.Rules.IsMerged)
        {
            before.Prepare(draft, parent, rules);
        }
    }

    /// <inheritdoc/>
    public void Seal(HeaderDraft draft, ActiveRules rules, CancellationToken cancellation)
    {
        if (!rules.Rules.IsMerged)
        {
            before.Seal(draft, rules, cancellation);
        }
    }
}
