using Koinon.Chain;
using Koinon.Chain.Forks;
using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Consensus;

/// <summary>Proof of work: difficulty, uncles, rewards, and seals that cost work to make.</summary>
/// <remarks>
/// Safe from any thread. Source: yellow paper, sections 4.3.4 and 11; Ethash specification revision 23.
/// </remarks>
/// <param name="caches">
/// The caches that seals are checked with; <see langword="null"/> takes every seal for good, as official tests and
/// generated chains ask for.
/// </param>
/// <param name="fixedDifficulty">The difficulty of every block, in place of the forks' formula.</param>
public sealed class Ethash(EthashCaches? caches, UInt256? fixedDifficulty = null) : IConsensus
{
    private const int UnclesMax = 2;
    private const int UncleGenerations = 7;
    private const ulong UncleRewardParts = 8;
    private const ulong NephewRewardParts = 32;

    private static readonly Hash256 NoUncles = BlockHeader.UnclesHashOf([]);

    /// <inheritdoc/>
    public Hash256 HashOf(BlockHeader header) => BlockHeader.KeccakOf(header);

    /// <inheritdoc/>
    public Address AuthorOf(BlockHeader header) => header.Beneficiary;

    /// <inheritdoc/>
    public BlockVerdict VerifyHeader(BlockHeader header, LedgerBlock parent, ActiveRules rules)
    {
        if (header.Difficulty.IsZero)
        {
            return new BlockVerdict(BlockError.DifficultyZero, "difficulty 0 before the merge");
        }

        UInt256 right = DifficultyAfter(parent.Header, header.Number, header.Timestamp, rules.Rules);
        return header.Difficulty == right
            ? VerifySeal(header)
            : new BlockVerdict(BlockError.DifficultyWrong, $"difficulty {header.Difficulty}, should be {right}");
    }

    /// <inheritdoc/>
    public BlockVerdict VerifyUncles(Block block, ActiveRules rules, Ancestry ancestry, HeaderVerifier headers)
    {
        if (block.Uncles.Count == 0)
        {
            return BlockVerdict.Valid;
        }

        if (block.Uncles.Count > UnclesMax)
        {
            return new BlockVerdict(BlockError.UnclesTooMany, $"{block.Uncles.Count} uncles, at most {UnclesMax}");
        }

        Dictionary<Hash256, LedgerBlock> ancestors = [];
        HashSet<Hash256> included = [];
        for (int generation = 1; generation <= UncleGenerations; generation++)
        {
            if (!ancestry.TryGetAt(generation, out LedgerBlock? ancestor))
            {
                break;
            }

            ancestors.Add(ancestor.Hash, ancestor);
            foreach (BlockHeader uncle in ancestor.Block.Uncles)
            {
                included.Add(HashOf(uncle));
            }
        }

        HashSet<Hash256> listed = [];
        for (int i = 0; i < block.Uncles.Count; i++)
        {
            BlockHeader uncle = block.Uncles[i];
            Hash256 hash = HashOf(uncle);
            BlockVerdict verdict = listed.Add(hash)
                ? VerifyKinship(uncle, hash, block, ancestors, included)
                : new BlockVerdict(BlockError.UncleListedTwice, hash.ToString());
            verdict = verdict.IsValid ? headers.Verify(uncle, ancestors[uncle.ParentHash]) : verdict;
            if (!verdict.IsValid)
            {
                return verdict with { Detail = $"uncle {i}: {verdict.Detail}" };
            }
        }

        return BlockVerdict.Valid;
    }

    /// <inheritdoc/>
    public IReadOnlyList<BalanceCredit> RewardsOf(Block block, ActiveRules rules)
    {
        UInt256 reward = rules.Rules.BlockReward;
        List<BalanceCredit> credits = new(block.Uncles.Count + 1);
        foreach (BlockHeader uncle in block.Uncles)
        {
            ulong parts = uncle.Number + UncleRewardParts - block.Header.Number;
            credits.Add(new BalanceCredit(AuthorOf(uncle), reward * parts / UncleRewardParts));
        }

        UInt256 share = reward / NephewRewardParts * (ulong)block.Uncles.Count;
        credits.Add(new BalanceCredit(AuthorOf(block.Header), reward + share));
        return credits;
    }

    /// <inheritdoc/>
    public void Prepare(HeaderDraft draft, LedgerBlock parent, ActiveRules rules) =>
        draft.Difficulty = DifficultyAfter(parent.Header, draft.Number, draft.Timestamp, rules.Rules);

    /// <inheritdoc/>
    public void Seal(HeaderDraft draft, ActiveRules rules, CancellationToken cancellation)
    {
        if (caches is null)
        {
            return;
        }

        EthashEpoch epoch = EthashEpoch.Of(draft.Number);
        EthashCache cache = caches.Get(epoch);
        ulong datasetBytes = epoch.DatasetBytes;
        Hash256 sealHash = draft.ToHeader().SealHash;
        EthashProof proof;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            draft.Nonce = unchecked(draft.Nonce + 1);
            proof = cache.Compute(sealHash, draft.Nonce, datasetBytes);
        }
        while (!proof.Meets(draft.Difficulty));

        draft.MixHash = proof.MixHash;
    }

    /// <summary>The difficulty of a block.</summary>
    /// <param name="parent">Its parent.</param>
    /// <param name="number">Its number.</param>
    /// <param name="timestamp">Its time.</param>
    /// <param name="rules">Its rules.</param>
    /// <exception cref="InvalidOperationException">The rules are those of blocks after the merge.</exception>
    public UInt256 DifficultyAfter(BlockHeader parent, ulong number, ulong timestamp, BlockRules rules)
    {
        DifficultyRule rule = rules.Difficulty
            ?? throw new InvalidOperationException($"Blocks of {rules.Name} have no proof of work.");
        return fixedDifficulty
            ?? rule.Compute(parent.Difficulty, parent.Timestamp, parent.UnclesHash != NoUncles, number, timestamp);
    }

    private BlockVerdict VerifySeal(BlockHeader header)
    {
        if (caches is null)
        {
            return BlockVerdict.Valid;
        }

        EthashEpoch epoch = EthashEpoch.Of(header.Number);
        EthashProof proof = caches.Get(epoch).Compute(header.SealHash, header.Nonce, epoch.DatasetBytes);
        if (proof.MixHash != header.MixHash)
        {
            return new BlockVerdict(BlockError.MixHashWrong, $"mix hash {header.MixHash}, should be {proof.MixHash}");
        }

        return proof.Meets(header.Difficulty)
            ? BlockVerdict.Valid
            : new BlockVerdict(
                BlockError.ProofOfWorkInsufficient, $"result {proof.Result} misses difficulty {header.Difficulty}");
    }

    private static BlockVerdict VerifyKinship(
        BlockHeader uncle,
        in Hash256 hash,
        Block block,
        Dictionary<Hash256, LedgerBlock> ancestors,
        HashSet<Hash256> included)
    {
        if (included.Contains(hash))
        {
            return new BlockVerdict(BlockError.UncleAlreadyIncluded, hash.ToString());
        }

        if (ancestors.ContainsKey(hash))
        {
            return new BlockVerdict(BlockError.UncleIsAncestor, hash.ToString());
        }

        if (uncle.ParentHash == block.Header.ParentHash)
        {
            return new BlockVerdict(BlockError.UncleIsBrother, hash.ToString());
        }

        return ancestors.ContainsKey(uncle.ParentHash)
            ? BlockVerdict.Valid
            : new BlockVerdict(BlockError.UncleParentNotAncestor, $"parent {uncle.ParentHash}");
    }
}
