using System.Diagnostics.CodeAnalysis;
using Koinon.Chain;
using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.Transactions;

namespace Koinon.Rpc.Engine;

/// <summary>Takes payloads into the ledger, keeps what comes before its parent, remembers what is invalid.</summary>
/// <remarks>Safe from any thread; what is kept is bounded.</remarks>
/// <param name="ledger">The chain.</param>
/// <param name="pool">Knows the senders of what waited here.</param>
internal sealed class PayloadIntake(Ledger ledger, TransactionPool pool)
{
    private const int InvalidMax = 512;
    private const int OrphansMax = 96;

    private readonly Lock _gate = new();
    private readonly Dictionary<Hash256, PayloadStatus> _invalid = [];
    private readonly Queue<Hash256> _invalidOrder = [];
    private readonly Dictionary<Hash256, Block> _orphans = [];
    private readonly Queue<Hash256> _orphanOrder = [];

    /// <summary>Decodes the transactions of a payload.</summary>
    /// <returns>What is wrong with one, or <see langword="null"/>.</returns>
    public string? Decode(IReadOnlyList<ReadOnlyMemory<byte>> encoded, out IReadOnlyList<Transaction> transactions)
    {
        Transaction[] decoded = new Transaction[encoded.Count];
        transactions = decoded;
        for (int i = 0; i < decoded.Length; i++)
        {
            if (!Transaction.TryDecodeInPlace(encoded[i], out Transaction? transaction, out var error))
            {
                return $"transaction {i}: {(encoded[i].IsEmpty ? "no bytes" : error.ToString())}";
            }

            // What waited here has its sender already.
            decoded[i] = pool.TryGet(transaction.Hash, out Transaction? pooled) ? pooled.WithoutSidecar() : transaction;
        }

        return null;
    }

    /// <summary>Takes a block whose hash was checked.</summary>
    public PayloadStatus Take(Block block, in Hash256 hash)
    {
        if (ledger.TryGet(hash, out _))
        {
            return PayloadStatus.Valid(hash);
        }

        if (TryGetInvalid(hash, out PayloadStatus? invalid)
            || TryGetInvalid(block.Header.ParentHash, out invalid))
        {
            Remember(hash, invalid);
            return invalid;
        }

        if (!ledger.TryGet(block.Header.ParentHash, out LedgerBlock? parent))
        {
            Keep(block, hash);
            return PayloadStatus.Syncing;
        }

        BlockImport import = ledger.Import(block);
        if (import.Block is not null)
        {
            return PayloadStatus.Valid(hash);
        }

        if (import.Error is BlockError.ParentUnknown
            or BlockError.ParentStateUnavailable
            or BlockError.StateUnavailable)
        {
            // The branch leaves the chain where its state is no longer kept.
            return PayloadStatus.Accepted;
        }

        // A block of proof of work is no payload: none is the latest valid then.
        Hash256 latestValid = parent.Rules.Rules.IsMerged ? parent.Hash : Hash256.Zero;
        PayloadStatus status = PayloadStatus.Invalid(latestValid, $"{import.Error}: {import.Detail}");
        Remember(hash, status);
        return status;
    }

    /// <summary>Finds a valid block; what was kept is taken in where its parents have come meanwhile.</summary>
    /// <param name="hash">Its hash.</param>
    /// <param name="block">The block.</param>
    /// <param name="status">What else it is.</param>
    public bool TryFind(
        in Hash256 hash,
        [NotNullWhen(true)] out LedgerBlock? block,
        [NotNullWhen(false)] out PayloadStatus? status)
    {
        status = null;
        Stack<(Hash256 Hash, Block Block)> waiting = [];
        Hash256 next = hash;
        while (!ledger.TryGet(next, out block))
        {
            if (TryGetInvalid(next, out status))
            {
                return false;
            }

            if (!TryGetOrphan(next, out Block? orphan))
            {
                status = PayloadStatus.Syncing;
                return false;
            }

            waiting.Push((next, orphan));
            next = orphan.Header.ParentHash;
        }

        while (waiting.TryPop(out (Hash256 Hash, Block Block) orphan))
        {
            status = Take(orphan.Block, orphan.Hash);
            if (status.Status != PayloadStatus.ValidWord)
            {
                Remember(hash, status);
                return false;
            }
        }

        return ledger.TryGet(hash, out block) || NotThere(out status);
    }

    private static bool NotThere(out PayloadStatus status)
    {
        status = PayloadStatus.Syncing;
        return false;
    }

    private bool TryGetInvalid(in Hash256 hash, [NotNullWhen(true)] out PayloadStatus? status)
    {
        lock (_gate)
        {
            return _invalid.TryGetValue(hash, out status);
        }
    }

    private bool TryGetOrphan(in Hash256 hash, [NotNullWhen(true)] out Block? block)
    {
        lock (_gate)
        {
            return _orphans.TryGetValue(hash, out block);
        }
    }

    private void Remember(in Hash256 hash, PayloadStatus status)
    {
        lock (_gate)
        {
            if (status.Status == PayloadStatus.InvalidWord && _invalid.TryAdd(hash, status))
            {
                _invalidOrder.Enqueue(hash);
                while (_invalidOrder.Count > InvalidMax)
                {
                    _invalid.Remove(_invalidOrder.Dequeue());
                }
            }
        }
    }

    private void Keep(Block block, in Hash256 hash)
    {
        lock (_gate)
        {
            if (_orphans.TryAdd(hash, block))
            {
                _orphanOrder.Enqueue(hash);
                while (_orphanOrder.Count > OrphansMax)
                {
                    _orphans.Remove(_orphanOrder.Dequeue());
                }
            }
        }
    }
}
