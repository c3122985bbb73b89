using Koinon.Chain;
using Koinon.Chain.Ledger;
using Koinon.Evm;
using Koinon.Primitives;

namespace Koinon.Rpc.Execution;

/// <summary>
/// The hashes that BLOCKHASH sees in a question about a block: nothing is looked up until it is used.
/// </summary>
/// <param name="ledger">Knows the blocks.</param>
/// <param name="block">The block that is asked about.</param>
/// <param name="isSeen">Whether the block itself is among those before: where the question is about one after
/// it.</param>
/// <remarks>One owner, one thread.</remarks>
internal sealed class BlockHashes(Ledger ledger, LedgerBlock block, bool isSeen) : IBlockHashes
{
    private Ancestry? _ancestry;

    /// <inheritdoc/>
    public bool TryGet(ulong number, out Hash256 hash)
    {
        if (number + 1 == block.Number)
        {
            hash = block.Header.ParentHash;
            return true;
        }

        hash = isSeen && number == block.Number ? block.Hash : Hash256.Zero;
        if (!hash.IsZero)
        {
            return true;
        }

        if (number < ledger.GenesisBlock.Number)
        {
            return ledger.TryGetHash(block, number, out hash);
        }

        if (number >= block.Number || !TryFindAncestry(out Ancestry? ancestry))
        {
            return false;
        }

        return ancestry.TryGet(number, out hash);
    }

    /// <inheritdoc/>
    public bool IsUnavailable(ulong number) => ledger.IsHashUnavailable(number);

    private bool TryFindAncestry([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Ancestry? ancestry)
    {
        if (_ancestry is null && ledger.TryGet(block.Header.ParentHash, out LedgerBlock? parent))
        {
            _ancestry = new Ancestry(ledger, parent);
        }

        ancestry = _ancestry;
        return ancestry is not null;
    }
}
