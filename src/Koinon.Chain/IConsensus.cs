using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Chain;

/// <summary>Who may seal a block, and what a seal is worth: the seam between the chain and its consensus.</summary>
/// <remarks>Implementations are safe from any thread; they keep nothing of a chain.</remarks>
public interface IConsensus
{
    /// <summary>The hash by which others name the block of a header.</summary>
    Hash256 HashOf(BlockHeader header);

    /// <summary>Who made the block, and earns its fees.</summary>
    Address AuthorOf(BlockHeader header);

    /// <summary>Checks what a header claims for its seal: difficulty, nonce, mix hash.</summary>
    /// <param name="header">The header; its number, time and gas limit were checked.</param>
    /// <param name="parent">Its parent.</param>
    /// <param name="rules">The rules of its block.</param>
    BlockVerdict VerifyHeader(BlockHeader header, LedgerBlock parent, ActiveRules rules);

    /// <summary>Checks the uncles of a block whose header is valid.</summary>
    /// <param name="block">The block; its uncles hash was checked.</param>
    /// <param name="rules">The rules of the block.</param>
    /// <param name="ancestry">The block's ancestors, its parent first.</param>
    /// <param name="headers">Verifies the header of an uncle against its parent.</param>
    BlockVerdict VerifyUncles(Block block, ActiveRules rules, Ancestry ancestry, HeaderVerifier headers);

    /// <summary>What is credited after the transactions: the author's and the uncles' rewards.</summary>
    /// <param name="block">The block; its header needs no more than number and author.</param>
    /// <param name="rules">The rules of the block.</param>
    IReadOnlyList<BalanceCredit> RewardsOf(Block block, ActiveRules rules);

    /// <summary>Fills the fields of a new header that are the seal's own and that execution sees.</summary>
    /// <param name="draft">Parent, number, time, gas limit and beneficiary are set.</param>
    /// <param name="parent">The parent.</param>
    /// <param name="rules">The rules of the block.</param>
    void Prepare(HeaderDraft draft, LedgerBlock parent, ActiveRules rules);

    /// <summary>Seals a header that is whole but for its seal.</summary>
    /// <param name="draft">The header after execution; receives the seal.</param>
    /// <param name="rules">The rules of the block.</param>
    /// <param name="cancellation">Ends the search for a seal.</param>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    void Seal(HeaderDraft draft, ActiveRules rules, CancellationToken cancellation);
}
