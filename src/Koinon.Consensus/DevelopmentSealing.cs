using Koinon.Chain;
using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Consensus;

/// <summary>Sealing of a development chain: blocks as after the merge, made by whoever asks.</summary>
/// <remarks>
/// Safe from any thread. The randomness that contracts see follows from the parent, so that runs repeat.
/// </remarks>
public sealed class DevelopmentSealing : IConsensus
{
    private readonly Merged _rules = new(new Ethash(caches: null));

    /// <inheritdoc/>
    public Hash256 HashOf(BlockHeader header) => _rules.HashOf(header);

    /// <inheritdoc/>
    public Address AuthorOf(BlockHeader header) => _rules.AuthorOf(header);

    /// <inheritdoc/>
    public BlockVerdict VerifyHeader(BlockHeader header, LedgerBlock parent, ActiveRules rules) =>
        _rules.VerifyHeader(header, parent, rules);

    /// <inheritdoc/>
    public BlockVerdict VerifyUncles(Block block, ActiveRules rules, Ancestry ancestry, HeaderVerifier headers) =>
        _rules.VerifyUncles(block, rules, ancestry, headers);

    /// <inheritdoc/>
    public IReadOnlyList<BalanceCredit> RewardsOf(Block block, ActiveRules rules) => _rules.RewardsOf(block, rules);

    /// <inheritdoc/>
    public void Prepare(HeaderDraft draft, LedgerBlock parent, ActiveRules rules)
    {
        _rules.Prepare(draft, parent, rules);
        if (rules.Rules.IsMerged)
        {
            Hash256 parentHash = parent.Hash;
            draft.MixHash = Hash256.Keccak(Hash256.AsSpan(in parentHash));
        }
    }

    /// <inheritdoc/>
    public void Seal(HeaderDraft draft, ActiveRules rules, CancellationToken cancellation) =>
        _rules.Seal(draft, rules, cancellation);
}
