using System.Diagnostics.CodeAnalysis;
using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Pool;

/// <summary>Transactions that wait for a block, each sender's in the order of nonces.</summary>
/// <remarks>
/// Safe from any thread. It follows the ledger's head: what is included leaves, what is undone comes back.
/// </remarks>
public sealed class TransactionPool : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Ledger.Ledger _ledger;
    private readonly PoolOptions _options;
    private readonly Dictionary<Hash256, PooledTransaction> _byHash = [];
    private readonly Dictionary<Address, SortedList<ulong, PooledTransaction>> _bySender = [];
    private readonly IDisposable _subscription;
    private ulong _sequence;

    /// <summary>An empty pool over a ledger.</summary>
    /// <param name="ledger">Whose head the pool follows.</param>
    /// <param name="options">The bounds; the defaults where it is left out.</param>
    public TransactionPool(Ledger.Ledger ledger, PoolOptions? options = null)
    {
        _ledger = ledger;
        _options = options ?? new PoolOptions();
        _subscription = ledger.Subscribe(Follow);
    }

    /// <summary>How many transactions wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _byHash.Count;
            }
        }
    }

    /// <summary>Takes a transaction, if it may ever be executed on the head's state.</summary>
    public PoolResult Add(Transaction transaction)
    {
        LedgerBlock head = _ledger.Head;
        ActiveRules rules = _ledger.RulesAfter(head);
        TransactionError error = PoolValidation.Check(
            transaction, rules, _ledger.Genesis.Network.ChainId, head, out Address sender, out string? detail);
        if (error != TransactionError.None)
        {
            return new PoolResult(PoolError.TransactionInvalid, error, detail);
        }

        lock (_gate)
        {
            return Insert(transaction, sender);
        }
    }

    /// <summary>Finds a transaction that waits.</summary>
    public bool TryGet(in Hash256 hash, [NotNullWhen(true)] out Transaction? transaction)
    {
        lock (_gate)
        {
            transaction = _byHash.TryGetValue(hash, out PooledTransaction? pooled) ? pooled.Transaction : null;
            return transaction is not null;
        }
    }

    /// <summary>Every transaction that waits, in no order.</summary>
    public IReadOnlyList<PooledTransaction> Snapshot()
    {
        lock (_gate)
        {
            return [.. _byHash.Values];
        }
    }

    /// <summary>The nonce that follows what is included and what waits without a gap.</summary>
    public ulong NextNonceOf(in Address sender)
    {
        LedgerBlock head = _ledger.Head;
        ulong next = head.State is { } state && state.ReadAccount(sender, out Account account) == ReadStatus.Found
            ? account.Nonce
            : 0;
        lock (_gate)
        {
            if (_bySender.TryGetValue(sender, out SortedList<ulong, PooledTransaction>? queue))
            {
                while (queue.ContainsKey(next))
                {
                    next++;
                }
            }
        }

        return next;
    }

    /// <summary>What may be executed next, best paying first, each sender's in the order of nonces.</summary>
    /// <param name="state">The state that nonces count from.</param>
    /// <param name="baseFee">The block's base fee: what does not pay it stays.</param>
    /// <param name="order">Who goes first.</param>
    public IReadOnlyList<PooledTransaction> Ready(
        IStateView state, in UInt256 baseFee, TransactionOrder order = TransactionOrder.Fees)
    {
        lock (_gate)
        {
            PriorityQueue<(SortedList<ulong, PooledTransaction> Queue, int Index), (UInt256 Tip, ulong Sequence)> next =
                new(order == TransactionOrder.Fees ? ByTipThenArrival : ByArrival);
            foreach ((Address sender, SortedList<ulong, PooledTransaction> queue) in _bySender)
            {
                ulong nonce = state.ReadAccount(sender, out Account account) == ReadStatus.Found ? account.Nonce : 0;
                int index = queue.IndexOfKey(nonce);
                if (index >= 0)
                {
                    Offer(next, queue, index, baseFee);
                }
            }

            List<PooledTransaction> ready = [];
            while (next.TryDequeue(out (SortedList<ulong, PooledTransaction> Queue, int Index) best, out _))
            {
                ready.Add(best.Queue.Values[best.Index]);
                int following = best.Index + 1;
                if (following < best.Queue.Count && best.Queue.Keys[following] == best.Queue.Keys[best.Index] + 1)
                {
                    Offer(next, best.Queue, following, baseFee);
                }
            }

            return ready;
        }
    }

    /// <summary>Gives up a transaction.</summary>
    public void Remove(in Hash256 hash)
    {
        lock (_gate)
        {
            if (_byHash.TryGetValue(hash, out PooledTransaction? pooled))
            {
                Drop(pooled);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _subscription.Dispose();

    private static readonly Comparer<(UInt256 Tip, ulong Sequence)> ByTipThenArrival =
        Comparer<(UInt256 Tip, ulong Sequence)>.Create((left, right) =>
            left.Tip != right.Tip ? right.Tip.CompareTo(left.Tip) : left.Sequence.CompareTo(right.Sequence));

    private static readonly Comparer<(UInt256 Tip, ulong Sequence)> ByArrival =
        Comparer<(UInt256 Tip, ulong Sequence)>.Create((left, right) => left.Sequence.CompareTo(right.Sequence));

    private static void Offer(
        PriorityQueue<(SortedList<ulong, PooledTransaction> Queue, int Index), (UInt256 Tip, ulong Sequence)> next,
        SortedList<ulong, PooledTransaction> queue,
        int index,
        in UInt256 baseFee)
    {
        PooledTransaction pooled = queue.Values[index];
        if (pooled.Transaction.MaxFeePerGas >= baseFee)
        {
            next.Enqueue((queue, index), (pooled.TipAt(baseFee), pooled.Sequence));
        }
    }

    private PoolResult Insert(Transaction transaction, in Address sender)
    {
        if (_byHash.ContainsKey(transaction.Hash))
        {
            return new PoolResult(PoolError.AlreadyKnown, Detail: transaction.Hash.ToString());
        }

        SortedList<ulong, PooledTransaction> queue = _bySender.TryGetValue(sender, out var found) ? found : [];
        if (queue.TryGetValue(transaction.Nonce, out PooledTransaction? former))
        {
            if (!Raises(transaction.MaxFeePerGas, former.Transaction.MaxFeePerGas)
                || !Raises(transaction.MaxPriorityFeePerGas, former.Transaction.MaxPriorityFeePerGas))
            {
                return new PoolResult(
                    PoolError.ReplacementUnderpriced,
                    Detail: $"both fees must rise by {_options.ReplacementRaisePercent} %");
            }

            Drop(former);
        }
        else if (queue.Count >= _options.TransactionsOfSenderMax)
        {
            return new PoolResult(PoolError.SenderFull, Detail: $"{queue.Count} transactions of {sender} wait");
        }
        else if (_byHash.Count >= _options.TransactionsMax && !TryMakeRoom(transaction))
        {
            return new PoolResult(PoolError.PoolFull, Detail: $"{_byHash.Count} transactions wait");
        }

        PooledTransaction pooled = new(transaction, sender, _sequence++);
        _byHash.Add(transaction.Hash, pooled);
        queue = _bySender.TryGetValue(sender, out found) ? found : [];
        queue.Add(transaction.Nonce, pooled);
        _bySender[sender] = queue;
        return new PoolResult(PoolError.None);
    }

    private bool Raises(in UInt256 fee, in UInt256 former)
    {
        ulong percent = (ulong)(100 + _options.ReplacementRaisePercent);
        bool overflows = UInt256.MultiplyOverflow(former, percent, out UInt256 least);
        return !overflows && !UInt256.MultiplyOverflow(fee, 100, out UInt256 offered) && offered >= least;
    }

    /// <summary>Gives up the least paying of the senders' last transactions, if a new one pays more.</summary>
    private bool TryMakeRoom(Transaction transaction)
    {
        PooledTransaction? least = null;
        foreach (SortedList<ulong, PooledTransaction> queue in _bySender.Values)
        {
            PooledTransaction last = queue.Values[^1];
            if (least is null || last.Transaction.MaxFeePerGas < least.Transaction.MaxFeePerGas)
            {
                least = last;
            }
        }

        if (least is null || least.Transaction.MaxFeePerGas >= transaction.MaxFeePerGas)
        {
            return false;
        }

        Drop(least);
        return true;
    }

    private void Drop(PooledTransaction pooled)
    {
        _byHash.Remove(pooled.Transaction.Hash);
        if (_bySender.TryGetValue(pooled.Sender, out SortedList<ulong, PooledTransaction>? queue)
            && queue.Remove(pooled.Transaction.Nonce)
            && queue.Count == 0)
        {
            _bySender.Remove(pooled.Sender);
        }
    }

    /// <summary>Follows a move of the head: what it undid comes back, what it used up goes.</summary>
    private void Follow(HeadChange change)
    {
        foreach (LedgerBlock block in change.Removed)
        {
            foreach (Transaction transaction in block.Block.Transactions)
            {
                Add(transaction);
            }
        }

        lock (_gate)
        {
            foreach (LedgerBlock block in change.Added)
            {
                foreach (Transaction transaction in block.Block.Transactions)
                {
                    if (transaction.TryGetSender(out Address sender))
                    {
                        DropThrough(sender, transaction.Nonce);
                    }
                }
            }
        }
    }

    private void DropThrough(in Address sender, ulong nonce)
    {
        while (_bySender.TryGetValue(sender, out SortedList<ulong, PooledTransaction>? queue)
            && queue.Keys[0] <= nonce)
        {
            Drop(queue.Values[0]);
        }
    }
}
