using Koinon.Storage;

namespace Koinon.Chain.Ledger;

/// <content>Giving up what lies beyond the windows.</content>
public sealed partial class Ledger
{
    /// <summary>Most blocks that one move gives up, so that a smaller window does not stop the chain for
    /// long.</summary>
    private const int PrunedAtOnce = 64;

    /// <summary>Of how many blocks below the head BLOCKHASH sees the hashes.</summary>
    private const ulong HashesKept = 256;

    /// <summary>Gives up what lies beyond the windows, a bounded number of blocks; moves of the head do so too.
    /// </summary>
    /// <returns>Whether something was given up: there may be more.</returns>
    /// <exception cref="StoreException">The store is full, or the disk fails; nothing is changed.</exception>
    public bool Prune()
    {
        lock (_writer)
        {
            (ulong, ulong, ulong) before = (OldestBlockKept, OldestStateKept, OldestProofKept);
            List<LedgerBlock> pruned = [];
            LedgerRecord record = RecordOf(Head.Number, SafeHash, FinalizedHash) with { Sequence = _sequence };
            Write(
                transaction =>
                {
                    _states.Prune(transaction, PrunedAtOnce);
                    record = record with { OldestBlock = Prune(transaction, Head.Number, pruned) };
                    record.Write(transaction);
                },
                () =>
                {
                    Volatile.Write(ref _oldestBlock, record.OldestBlock);
                    Forget(pruned);
                });
            return before != (OldestBlockKept, OldestStateKept, OldestProofKept);
        }
    }

    /// <summary>Gives up the bodies that are too far below the head; the genesis stays, and so do the hashes that
    /// BLOCKHASH sees.</summary>
    /// <returns>The oldest block that is kept.</returns>
    private ulong Prune(IWriteTransaction transaction, ulong head, List<LedgerBlock> pruned)
    {
        ulong oldest = _oldestBlock;
        if (_options.BlockDepth is not { } depth)
        {
            return oldest;
        }

        for (; oldest + depth < head && pruned.Count < PrunedAtOnce; oldest++)
        {
            if (oldest != GenesisBlock.Number && _tables.Read(transaction, oldest) is { } block)
            {
                BlockTables.Delete(transaction, block);
                BlockTables.WriteHash(transaction, oldest, block.Hash);
                pruned.Add(block);
            }
        }

        if (head > HashesKept)
        {
            ulong end = Math.Min(head - HashesKept, oldest);
            BlockTables.DeleteHashes(transaction, GenesisBlock.Number + 1, end);
        }

        return oldest;
    }

    /// <summary>Forgets what was given up; the gate is held.</summary>
    private void Forget(List<LedgerBlock> pruned)
    {
        foreach (LedgerBlock block in pruned)
        {
            _cache.Forget(block);
        }
    }
}
