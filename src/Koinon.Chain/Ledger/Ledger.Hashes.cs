using Koinon.Primitives;
using Koinon.Storage;

namespace Koinon.Chain.Ledger;

/// <content>Hashes by number, and what is canonical.</content>
public sealed partial class Ledger
{
    /// <inheritdoc/>
    public bool TryGetHash(LedgerBlock descendant, ulong number, out Hash256 hash)
    {
        hash = Hash256.Zero;
        if (number < GenesisBlock.Number)
        {
            // Every block stands on what lies beneath.
            return _options.HashesBeneath is { } beneath && beneath.TryGet(number, out hash);
        }

        // Both from memory, or both from one snapshot: never one from before a move and the other from after it.
        Hash256? last;
        Hash256? found;
        lock (_gate)
        {
            last = HashInMemory(descendant.Number);
            found = HashInMemory(number);
        }

        if (last is null || found is null)
        {
            using IReadTransaction transaction = _store.BeginRead();
            last = BlockTables.ReadHash(transaction, descendant.Number);
            found = BlockTables.ReadHash(transaction, number);
        }

        hash = found ?? Hash256.Zero;
        return found is not null && last == descendant.Hash;
    }

    /// <inheritdoc/>
    public bool IsHashUnavailable(ulong number) =>
        number < GenesisBlock.Number && (_options.HashesBeneath?.IsUnavailable(number) ?? false);

    /// <summary>Whether a block stands in the canonical chain.</summary>
    public bool IsCanonical(LedgerBlock block) => HashAt(block.Number) == block.Hash;

    /// <summary>The hash of the canonical block of a number; <see langword="null"/> where there is none.</summary>
    private Hash256? HashAt(ulong number)
    {
        LedgerBlock head = Head;
        if (number >= head.Number)
        {
            return number == head.Number ? head.Hash : null;
        }

        lock (_gate)
        {
            if (HashInMemory(number) is { } hash)
            {
                return hash;
            }
        }

        using IReadTransaction transaction = _store.BeginRead();
        return BlockTables.ReadHash(transaction, number);
    }

    private Hash256? HashInMemory(ulong number) =>
        number == _head.Number ? _head.Hash
            : _cache.TryGet(number, out LedgerBlock? block) ? block.Hash
            : null;
}
