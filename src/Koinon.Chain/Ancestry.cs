using System.Diagnostics.CodeAnalysis;
using Koinon.Chain.Ledger;
using Koinon.Evm;
using Koinon.Primitives;

namespace Koinon.Chain;

/// <summary>The blocks before a block, its parent first, on whichever branch it stands.</summary>
/// <remarks>
/// One owner, one thread. Walks back as far as it is asked, at most the 256 blocks that BLOCKHASH sees.
/// </remarks>
/// <param name="source">Knows blocks by their hash.</param>
/// <param name="parent">The block's parent.</param>
/// <param name="unwritten">The blocks that the source has not, the lowest first; the parent is the last of them. None
/// where it has the parent.</param>
public sealed class Ancestry(IBlockSource source, LedgerBlock parent, IReadOnlyList<LedgerBlock>? unwritten = null)
    : IBlockHashes
{
    private const int Reach = 256;

    private readonly List<LedgerBlock> _blocks = Begin(source, parent, unwritten);

    /// <summary>An ancestor by its distance.</summary>
    /// <param name="distance">1 for the parent; at most 256.</param>
    /// <param name="block">The ancestor where the chain is that long and still kept.</param>
    public bool TryGetAt(int distance, [NotNullWhen(true)] out LedgerBlock? block)
    {
        while (_blocks.Count < distance && distance <= Reach
            && source.TryGet(_blocks[^1].Header.ParentHash, out LedgerBlock? next))
        {
            _blocks.Add(next);
        }

        block = distance >= 1 && distance <= _blocks.Count ? _blocks[distance - 1] : null;
        return block is not null;
    }

    /// <inheritdoc/>
    public bool TryGet(ulong number, out Hash256 hash)
    {
        ulong parentNumber = _blocks[0].Number;
        bool isInReach = number <= parentNumber && parentNumber - number < Reach;
        LedgerBlock last = _blocks[^1];
        if (isInReach && number < last.Number && source.TryGetHash(last, number, out hash))
        {
            return true;
        }

        if (isInReach
            && TryGetAt((int)(parentNumber - number) + 1, out LedgerBlock? block))
        {
            hash = block.Hash;
            return true;
        }

        hash = Hash256.Zero;
        return false;
    }

    private static List<LedgerBlock> Begin(
        IBlockSource source, LedgerBlock parent, IReadOnlyList<LedgerBlock>? unwritten)
    {
        if (unwritten is not { Count: > 0 })
        {
            return [parent];
        }

        List<LedgerBlock> blocks = [.. unwritten.Reverse()];
        if (source.TryGet(blocks[^1].Header.ParentHash, out LedgerBlock? below))
        {
            blocks.Add(below);
        }

        return blocks;
    }

    /// <inheritdoc/>
    public bool IsUnavailable(ulong number)
    {
        ulong parentNumber = _blocks[0].Number;
        return number <= parentNumber && parentNumber - number < Reach && source.IsHashUnavailable(number);
    }
}
