using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Pool;

/// <content>What takes transactions.</content>
public sealed partial class TransactionPool
{
    /// <summary>Takes a transaction, if it may ever be executed on the head's state.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="terms">What the caller demands of it; nothing where it is left out.</param>
    public PoolResult Add(Transaction transaction, AdmissionTerms? terms = null)
    {
        PoolResult result = Admit(transaction, terms ?? AdmissionTerms.None, areProofsChecked: false);
        _announcements.Tell();
        return result;
    }

    /// <summary>Takes many transactions; their senders are recovered together, on all processors.</summary>
    /// <param name="transactions">In the order in which they are taken.</param>
    /// <param name="terms">What the caller demands of each; nothing where it is left out.</param>
    /// <returns>What came of each.</returns>
    public IReadOnlyList<PoolResult> AddMany(IReadOnlyList<Transaction> transactions, AdmissionTerms? terms = null)
    {
        Transaction.RecoverSenders(transactions);
        PoolResult[] results = new PoolResult[transactions.Count];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = Add(transactions[i], terms);
        }

        return results;
    }

    private PoolResult Admit(Transaction transaction, AdmissionTerms terms, bool areProofsChecked)
    {
        LedgerBlock head;
        ActiveRules rules;
        Hash256 hash = transaction.Hash;
        lock (_gate)
        {
            if (_byHash.ContainsKey(hash))
            {
                return new PoolResult(PoolError.AlreadyKnown, Detail: hash.ToString());
            }

            (head, rules) = (_head, _rules);
        }

        UInt256 chainId = _ledger.Genesis.Network.ChainIdNow;
        PoolResult result = PoolValidation.CheckForm(
            transaction, rules, chainId, head, _options, terms, out Address sender);
        if (!result.IsTaken)
        {
            return result;
        }

        foreach (Authorization authorization in transaction.AuthorizationList)
        {
            // Kept by the authorization; the lock is not to wait for it.
            authorization.TryRecoverAuthority(out _);
        }

        if (transaction.Type == TransactionType.Blob && !areProofsChecked)
        {
            // What is refused for a cheap reason is refused before the dear check.
            lock (_gate)
            {
                result = CheckPlace(transaction, sender, terms, out _, out _);
            }

            result = result.IsTaken ? SidecarVerification.CheckProofs(transaction) : result;
            if (!result.IsTaken)
            {
                return result;
            }
        }

        lock (_gate)
        {
            result = CheckPlace(transaction, sender, terms, out Account account, out PooledTransaction? former);
            return result.IsTaken ? Insert(transaction, sender, account, former) : result;
        }
    }

    /// <summary>Whether there is a place for a transaction; the gate is held.</summary>
    private PoolResult CheckPlace(
        Transaction transaction,
        in Address sender,
        AdmissionTerms terms,
        out Account account,
        out PooledTransaction? former)
    {
        former = null;
        account = default;
        if (_byHash.ContainsKey(transaction.Hash))
        {
            return new PoolResult(PoolError.AlreadyKnown, Detail: transaction.Hash.ToString());
        }

        if (_head.State is not { } state)
        {
            return new PoolResult(PoolError.TransactionInvalid, TransactionError.StateUnavailable, "no state is kept");
        }

        PoolResult result = PoolValidation.CheckAccount(transaction, state, sender, _options, out account);
        if (!result.IsTaken)
        {
            return result;
        }

        SenderQueue? queue = _bySender.GetValueOrDefault(sender);
        queue?.TryGet(transaction.Nonce, out former);
        ulong next = queue?.NextNonce ?? account.Nonce;
        result = CheckQueue(transaction, queue, former, next, terms);
        result = result.IsTaken ? CheckSum(transaction, queue, former, account) : result;
        return result.IsTaken && _options.LimitsDelegatedSenders
            ? CheckDelegation(transaction, state, sender, account, queue, former, next)
            : result;
    }

    private PoolResult CheckQueue(
        Transaction transaction,
        SenderQueue? queue,
        PooledTransaction? former,
        ulong next,
        AdmissionTerms terms)
    {
        if (queue is not null
            && _options.ReservesSenders
            && queue.First.HasBlobs != (transaction.Type == TransactionType.Blob))
        {
            return new PoolResult(
                PoolError.SenderReserved,
                Detail: $"{queue.Sender} has transactions {(queue.First.HasBlobs ? "with" : "without")} blobs waiting");
        }

        if (former is not null)
        {
            return CheckReplacement(transaction, former.Transaction);
        }

        if (terms.RefusesGaps && transaction.Nonce > next)
        {
            return new PoolResult(
                PoolError.TransactionInvalid,
                TransactionError.NonceTooHigh,
                $"next nonce {next}, tx nonce {transaction.Nonce}");
        }

        return queue is not null && queue.Count >= _options.TransactionsOfSenderMax
            ? new PoolResult(
                PoolError.SenderFull,
                Detail: $"{queue.Count} transactions of {queue.Sender} wait, the most of one sender")
            : default;
    }

    private PoolResult CheckReplacement(Transaction transaction, Transaction former)
    {
        bool hasBlobs = transaction.Type == TransactionType.Blob || former.Type == TransactionType.Blob;
        int percent = hasBlobs ? _options.BlobReplacementRaisePercent : _options.ReplacementRaisePercent;
        bool raises = percent == 0
            ? transaction.MaxFeePerGas > former.MaxFeePerGas
            : Raises(transaction.MaxFeePerGas, former.MaxFeePerGas, percent)
                && Raises(transaction.MaxPriorityFeePerGas, former.MaxPriorityFeePerGas, percent)
                && Raises(transaction.MaxFeePerBlobGas, former.MaxFeePerBlobGas, percent);
        return raises
            ? default
            : new PoolResult(
                PoolError.ReplacementUnderpriced,
                Detail: percent == 0
                    ? $"the highest fee must be above {former.MaxFeePerGas}"
                    : $"every fee must rise by {percent} %, from {former.MaxFeePerGas} and "
                        + $"{former.MaxPriorityFeePerGas}");
    }

    private static bool Raises(in UInt256 fee, in UInt256 former, int percent)
    {
        bool overflows = UInt256.MultiplyOverflow(former, (ulong)(100 + percent), out UInt256 least);
        return !overflows && !UInt256.MultiplyOverflow(fee, 100, out UInt256 offered) && offered >= least;
    }

    /// <summary>Whether the sender can pay for this one and for all that wait in a row.</summary>
    private PoolResult CheckSum(
        Transaction transaction, SenderQueue? queue, PooledTransaction? former, in Account account)
    {
        if (queue is null || !_options.SumsSendersCosts || !_options.ChecksBalances)
        {
            return default;
        }

        UInt256 cost = PoolValidation.CostOf(transaction);
        UInt256 waiting = queue.ReadyCost;
        if (former is not null && queue.IsReady(former))
        {
            waiting = UInt256.SubtractUnderflow(waiting, former.Cost, out UInt256 rest) ? UInt256.Zero : rest;
        }

        bool overflows = UInt256.AddOverflow(cost, waiting, out UInt256 sum);
        return !overflows && sum <= account.Balance
            ? default
            : new PoolResult(
                PoolError.TransactionInvalid,
                TransactionError.InsufficientFunds,
                $"balance {account.Balance}, queued cost {waiting}, tx cost {cost}, "
                    + $"overshot {(overflows ? UInt256.MaxValue : sum - account.Balance)}");
    }

    /// <summary>Others may use up the balance of a delegated account, so it may have one waiting (EIP-7702).</summary>
    private PoolResult CheckDelegation(
        Transaction transaction,
        IStateView state,
        in Address sender,
        in Account account,
        SenderQueue? queue,
        PooledTransaction? former,
        ulong next)
    {
        bool isDelegated = _authorities.ContainsKey(sender)
            || (account.HasCode && PoolValidation.IsDelegated(state, account, out _));
        if (isDelegated && former is null && queue is { ReadyCount: > 0 })
        {
            return new PoolResult(PoolError.DelegatedInFlight, Detail: $"{sender} has one waiting");
        }

        if (isDelegated && former is null && transaction.Nonce != next)
        {
            return new PoolResult(
                PoolError.DelegatedGap, Detail: $"next nonce {next}, tx nonce {transaction.Nonce}");
        }

        foreach (Authorization authorization in transaction.AuthorizationList)
        {
            if (authorization.TryRecoverAuthority(out Address authority)
                && _bySender.TryGetValue(authority, out SenderQueue? waiting)
                && waiting.Count > 1)
            {
                return new PoolResult(
                    PoolError.AuthorityReserved, Detail: $"{authority} has {waiting.Count} transactions waiting");
            }
        }

        return default;
    }

    private PoolResult Insert(
        Transaction transaction, in Address sender, in Account account, PooledTransaction? former)
    {
        PooledTransaction pooled = new(transaction, sender, _sequence)
        {
            Cost = PoolValidation.CostOf(transaction),
        };
        PoolResult result = former is null ? MakeRoom(pooled) : default;
        if (!result.IsTaken)
        {
            return result;
        }

        _sequence++;
        Put(pooled, account, former);
        ShrinkBlobs();
        return _byHash.ContainsKey(transaction.Hash)
            ? default
            : new PoolResult(PoolError.Underpriced, Detail: $"blobs take at most {_options.BlobBytesMax} bytes");
    }

    /// <summary>Puts a transaction where there is a place for it, or in the place of another.</summary>
    private void Put(PooledTransaction pooled, in Account account, PooledTransaction? former)
    {
        if (!_bySender.TryGetValue(pooled.Sender, out SenderQueue? queue))
        {
            queue = new SenderQueue(pooled.Sender);
            _bySender.Add(pooled.Sender, queue);
            queue.Follow(account.Nonce, account.Balance);
        }

        ulong next = BeginChange(queue);
        if (former is not null)
        {
            Forget(former, PoolChangeKind.Replaced, pooled.Transaction.Hash);
        }

        _byHash.Add(pooled.Transaction.Hash, pooled);
        _bytes += pooled.SizeBytes;
        CountAuthorities(pooled.Transaction, 1);
        if (pooled.HasBlobs)
        {
            _blobs.Add(pooled.Transaction);
        }

        queue.Put(pooled);
        _announcements.Note(new PoolChange(
            queue.IsReady(pooled) ? PoolChangeKind.Added : PoolChangeKind.Queued, pooled));
        EndChange(queue, next, pooled);
    }

    /// <summary>Has others leave a full pool, if the newcomer comes before them.</summary>
    private PoolResult MakeRoom(PooledTransaction pooled)
    {
        SenderQueue? own = _bySender.GetValueOrDefault(pooled.Sender);
        bool isReady = own is null || pooled.Transaction.Nonce <= own.NextNonce;
        while (_byHash.Count >= _options.TransactionsMax || _bytes + pooled.SizeBytes > _options.BytesMax)
        {
            EvictionKey? least = Least(pooled, _lasts);
            EvictionKey? leastWithBlobs = Least(pooled, _blobLasts);
            least = least is null || leastWithBlobs?.CompareTo(least) < 0 ? leastWithBlobs : least;
            bool comesBefore = least is not null
                && (least.IsReady == isReady ? pooled.Transaction.MaxFeePerGas > least.Fee : isReady);
            if (!comesBefore)
            {
                return new PoolResult(
                    isReady && least is not null ? PoolError.Underpriced : PoolError.PoolFull,
                    Detail: least is null || !isReady
                        ? $"{_byHash.Count} transactions of {_bytes} bytes wait"
                        : $"the pool is full, and the least paying offers {least.Fee}");
            }

            Leave(least!.Queue.Last, PoolChangeKind.Evicted, null);
        }

        return default;
    }

    /// <summary>Has blobs leave until the rest finds room; the newcomer's own may be among them.</summary>
    private void ShrinkBlobs()
    {
        while (_blobs.IsOverfull && _blobLasts.Min is { } least)
        {
            Leave(least.Queue.Last, PoolChangeKind.Evicted, null);
        }
    }

    // A sender's own last does not make room for what is to stand behind it.
    private static EvictionKey? Least(PooledTransaction newcomer, SortedSet<EvictionKey> lasts)
    {
        foreach (EvictionKey key in lasts)
        {
            if (key.Queue.Sender != newcomer.Sender
                || key.Queue.Last.Transaction.Nonce > newcomer.Transaction.Nonce)
            {
                return key;
            }
        }

        return null;
    }
}
