using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>Finds the block a request speaks of, and its state.</summary>
/// <param name="ledger">The chain.</param>
/// <param name="pending">Knows the block that would be built now; the head stands for it where it is left out.</param>
/// <remarks>Safe from any thread.</remarks>
public sealed class BlockLookup(Ledger ledger, IPendingBlock? pending = null)
{
    /// <summary>The chain.</summary>
    public Ledger Ledger => ledger;

    /// <summary>
    /// How many blocks below the head the safe block stands where consensus named none; <see langword="null"/>: the
    /// genesis stands for it.
    /// </summary>
    public ulong? SafeDepth { get; init; }

    /// <summary>The same of the finalized block.</summary>
    public ulong? FinalizedDepth { get; init; }

    /// <summary>What is said of a block that is not there; geth's text where it is left out.</summary>
    public Func<BlockReference, LedgerBlock, RpcError>? Missing { get; init; }

    /// <summary>Finds a block.</summary>
    /// <returns>The block, or <see langword="null"/> where the chain has none of that name.</returns>
    public LedgerBlock? Find(in BlockReference reference)
    {
        LedgerBlock? block;
        switch (reference.Tag)
        {
            case BlockTag.Number:
                return ledger.TryGet(reference.Number, out block) ? block : null;
            case BlockTag.Hash:
                bool isFound = ledger.TryGet(reference.Hash, out block);
                return isFound && (!reference.RequiresCanonical || ledger.IsCanonical(block!)) ? block : null;
            case BlockTag.Earliest:
                return ledger.GenesisBlock;
            case BlockTag.Safe:
                return ledger.Safe ?? Below(SafeDepth);
            case BlockTag.Finalized:
                return ledger.Finalized ?? Below(FinalizedDepth);
            case BlockTag.Pending:
                return pending?.Build() ?? ledger.Head;
            default:
                return ledger.Head;
        }
    }

    /// <summary>Whether a block that was found is the one that would be built now: it has no hash yet.</summary>
    public bool IsPending(in BlockReference reference, LedgerBlock found) =>
        reference.Tag == BlockTag.Pending && pending is not null && found.Hash != ledger.Head.Hash;

    /// <summary>Finds a block that must be there.</summary>
    public RpcResult<LedgerBlock> Require(in BlockReference reference)
    {
        if (Find(reference) is { } block)
        {
            return block;
        }

        if (reference.Tag == BlockTag.Number && reference.Number < ledger.OldestBlockKept)
        {
            return new RpcError(
                RpcErrorCode.Pruned,
                $"pruned history unavailable: block {reference.Number} is no longer kept, the oldest kept is block "
                + $"{ledger.OldestBlockKept}");
        }

        if (Missing is { } missing)
        {
            return missing(reference, ledger.Head);
        }

        bool isOffBranch = reference is { Tag: BlockTag.Hash, RequiresCanonical: true }
            && ledger.TryGet(reference.Hash, out _);
        return RpcError.Server(isOffBranch ? "hash is not currently canonical" : "header not found");
    }

    /// <summary>Finds the state after a block.</summary>
    public RpcResult<IStateView> RequireState(in BlockReference reference)
    {
        RpcResult<LedgerBlock> block = Require(reference);
        return block.Error is not null ? block.Error
            : block.Value!.State is { } state ? new RpcResult<IStateView>(state)
            : StateGone(block.Value);
    }

    /// <summary>What a question about a state is answered with that is no longer kept.</summary>
    public RpcError StateGone(LedgerBlock block) => RpcError.Server(
        $"missing state: that of block {block.Number} is no longer kept, the oldest kept is that of block "
        + $"{ledger.OldestStateKept}");

    /// <summary>An uncle of a block; <see langword="null"/> where there is none.</summary>
    internal UncleJson? Uncle(in BlockReference reference, ulong index)
    {
        if (Find(reference) is not { } block || index >= (ulong)block.Block.Uncles.Count)
        {
            return null;
        }

        BlockHeader uncle = block.Block.Uncles[(int)index];
        Hash256 hash = ledger.Consensus.HashOf(uncle);
        return new UncleJson(new SealedHeader(uncle, hash, ledger.Consensus.AuthorOf(uncle)));
    }

    private LedgerBlock Below(ulong? depth)
    {
        ulong head = ledger.Head.Number;
        return depth is { } blocks && head >= blocks && ledger.TryGet(head - blocks, out LedgerBlock? block)
            ? block
            : ledger.GenesisBlock;
    }
}
