using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Pool;

/// <content>What follows the head, and what goes back to a mark.</content>
public sealed partial class TransactionPool
{
    /// <summary>Up to so many senders are all looked at anew with each block.</summary>
    private const int SendersReadMax = 256;

    private static IReadOnlyDictionary<Hash256, Hash256> NothingIncluded { get; } = new Dictionary<Hash256, Hash256>();

    /// <summary>Goes back to what waited at a mark: what came later leaves, what left since comes back.</summary>
    /// <param name="mark">A mark of this pool.</param>
    /// <remarks>
    /// It is for a chain that goes back, too: do that first. What the chain holds does not come back.
    /// </remarks>
    public void Restore(PoolMark mark)
    {
        lock (_gate)
        {
            HashSet<Hash256> marked = [];
            foreach (PooledTransaction pooled in mark.Transactions)
            {
                marked.Add(pooled.Transaction.Hash);
            }

            foreach (PooledTransaction pooled in (PooledTransaction[])[.. _byHash.Values])
            {
                if (!marked.Contains(pooled.Transaction.Hash))
                {
                    Leave(pooled, PoolChangeKind.Discarded, null);
                }
            }

            foreach (PooledTransaction pooled in mark.Transactions)
            {
                if (!_byHash.ContainsKey(pooled.Transaction.Hash)
                    && TryReadAccount(pooled.Sender, out Account account)
                    && pooled.Transaction.Nonce >= account.Nonce)
                {
                    Put(pooled, account, former: null);
                }
            }
        }

        _announcements.Tell();
    }

    /// <summary>Follows a move of the head: what it undid comes back, what it used up goes.</summary>
    private void Follow(HeadChange change)
    {
        lock (_gate)
        {
            _head = change.Head;
            ActiveRules before = _rules;
            _rules = _ledger.RulesAfter(_head);
            if (_byHash.Count > 0)
            {
                Dictionary<Hash256, Hash256> included = Included(change.Added);
                foreach (SenderQueue queue in Touched(change))
                {
                    Refresh(queue, included);
                }

                Strike(included);
            }

            if (!change.IsDiscarded)
            {
                TakeBack(change.Removed);
            }

            if (before.Rules != _rules.Rules)
            {
                DropWhatRulesForbid();
            }
        }

        _announcements.Tell();
    }

    private static Dictionary<Hash256, Hash256> Included(IReadOnlyList<LedgerBlock> blocks)
    {
        Dictionary<Hash256, Hash256> included = [];
        foreach (LedgerBlock block in blocks)
        {
            foreach (Transaction transaction in block.Block.Transactions)
            {
                included[transaction.Hash] = block.Hash;
            }
        }

        return included;
    }

    /// <summary>
    /// The senders whose accounts a move may have changed: those of its transactions, or all where the move is not just
    /// a block more, or where there are few.
    /// </summary>
    private List<SenderQueue> Touched(HeadChange change)
    {
        if (_bySender.Count <= SendersReadMax || change.Removed.Count > 0 || change.IsEdit || change.IsDiscarded)
        {
            return [.. _bySender.Values];
        }

        HashSet<SenderQueue> touched = [];
        foreach (LedgerBlock block in change.Added)
        {
            foreach (Transaction transaction in block.Block.Transactions)
            {
                if (transaction.TryGetSender(out Address sender)
                    && _bySender.TryGetValue(sender, out SenderQueue? queue))
                {
                    touched.Add(queue);
                }

                foreach (Authorization authorization in transaction.AuthorizationList)
                {
                    if (authorization.TryRecoverAuthority(out Address authority)
                        && _bySender.TryGetValue(authority, out queue))
                    {
                        touched.Add(queue);
                    }
                }
            }
        }

        return [.. touched];
    }

    /// <summary>Reads a sender's account anew; what it has used up goes.</summary>
    private void Refresh(SenderQueue queue, IReadOnlyDictionary<Hash256, Hash256> included)
    {
        if (!TryReadAccount(queue.Sender, out Account account)
            || (account.Nonce == queue.Nonce && account.Balance == queue.Balance))
        {
            return;
        }

        ulong next = BeginChange(queue);
        while (queue.Count > 0 && queue.First is { } first && first.Transaction.Nonce < account.Nonce)
        {
            bool isIncluded = included.TryGetValue(first.Transaction.Hash, out Hash256 block);
            Forget(
                first, isIncluded ? PoolChangeKind.Included : PoolChangeKind.Outdated, isIncluded ? block : null);
            queue.RemoveFirst();
        }

        queue.Follow(account.Nonce, account.Balance);
        EndChange(queue, next, null);
    }

    /// <summary>Takes out what a block holds though its nonce is not used up: an edit may have lowered it.</summary>
    private void Strike(Dictionary<Hash256, Hash256> included)
    {
        foreach ((Hash256 hash, Hash256 block) in included)
        {
            if (_byHash.TryGetValue(hash, out PooledTransaction? pooled))
            {
                Leave(pooled, PoolChangeKind.Included, block);
            }
        }
    }

    /// <summary>Takes what removed blocks held, the oldest first; blobs come from the shelf.</summary>
    private void TakeBack(IReadOnlyList<LedgerBlock> removed)
    {
        for (int i = removed.Count - 1; i >= 0; i--)
        {
            foreach (Transaction transaction in removed[i].Block.Transactions)
            {
                Transaction whole = _blobs.TryTakeBack(transaction.Hash, out Transaction? shelved)
                    ? shelved
                    : transaction;
                PoolResult result = Admit(whole, AdmissionTerms.None, areProofsChecked: true);
                if (!result.IsTaken
                    && result.Transaction != TransactionError.NonceTooLow
                    && result.Error != PoolError.AlreadyKnown
                    && transaction.TryGetSender(out Address sender))
                {
                    _announcements.Note(new PoolChange(
                        PoolChangeKind.Evicted, new PooledTransaction(transaction, sender, _sequence)));
                }
            }
        }
    }

    private void DropWhatRulesForbid()
    {
        foreach (PooledTransaction pooled in (PooledTransaction[])[.. _byHash.Values])
        {
            PoolResult result = PoolValidation.CheckForm(
                pooled.Transaction,
                _rules,
                _ledger.Genesis.Network.ChainIdNow,
                _head,
                _options,
                AdmissionTerms.None,
                out _);

            // A block's gas limit moves from block to block: what is above it today may fit tomorrow.
            if (!result.IsTaken && result.Transaction != TransactionError.GasAllowanceExceeded)
            {
                Leave(pooled, PoolChangeKind.Invalidated, null);
            }
        }
    }

    private bool TryReadAccount(in Address address, out Account account)
    {
        account = Account.Empty;
        ReadStatus status = _head.State?.ReadAccount(address, out account) ?? ReadStatus.Unavailable;
        account = status == ReadStatus.Found ? account : Account.Empty;
        return status != ReadStatus.Unavailable;
    }
}
