using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Pool;

/// <content>What takes transactions out, and the books that are kept of both.</content>
public sealed partial class TransactionPool
{
    /// <summary>Gives up a transaction on request.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(in Hash256 hash)
    {
        bool isThere;
        lock (_gate)
        {
            isThere = _byHash.TryGetValue(hash, out PooledTransaction? pooled);
            if (isThere)
            {
                Leave(pooled!, PoolChangeKind.Removed, null);
            }
        }

        _announcements.Tell();
        return isThere;
    }

    /// <summary>Gives up all that a sender has waiting, on request.</summary>
    /// <returns>How many there were.</returns>
    public int RemoveOf(in Address sender)
    {
        int count = 0;
        lock (_gate)
        {
            while (_bySender.TryGetValue(sender, out SenderQueue? queue))
            {
                Leave(queue.Last, PoolChangeKind.Removed, null);
                count++;
            }
        }

        _announcements.Tell();
        return count;
    }

    /// <summary>Gives up all that waits, on request.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            foreach (PooledTransaction pooled in (PooledTransaction[])[.. _byHash.Values])
            {
                Leave(pooled, PoolChangeKind.Removed, null);
            }
        }

        _announcements.Tell();
    }

    /// <summary>Hears that a transaction could not be put into a block that was to follow the head.</summary>
    /// <remarks>
    /// What may still come true waits on; what the pool knew wrongly it reads anew; what no block can hold any more
    /// leaves.
    /// </remarks>
    internal void Refuse(PooledTransaction pooled, TransactionError error)
    {
        lock (_gate)
        {
            if (!_byHash.TryGetValue(pooled.Transaction.Hash, out PooledTransaction? same) || same != pooled)
            {
                return;
            }

            switch (error)
            {
                case TransactionError.NonceTooLow or TransactionError.NonceTooHigh:
                    Refresh(_bySender[pooled.Sender], NothingIncluded);
                    break;
                case TransactionError.InsufficientFunds
                    or TransactionError.GasAllowanceExceeded
                    or TransactionError.BlobGasAllowanceExceeded
                    or TransactionError.FeeBelowBaseFee
                    or TransactionError.BlobFeeBelowBaseFee
                    or TransactionError.StateUnavailable:
                    break;
                default:
                    Leave(pooled, PoolChangeKind.Invalidated, null);
                    break;
            }
        }

        _announcements.Tell();
    }

    /// <summary>Takes a transaction out; the gate is held.</summary>
    private void Leave(PooledTransaction pooled, PoolChangeKind kind, Hash256? by)
    {
        SenderQueue queue = _bySender[pooled.Sender];
        ulong next = BeginChange(queue);
        Forget(pooled, kind, by);
        queue.Remove(pooled);
        EndChange(queue, next, null);
    }

    /// <summary>Strikes a transaction off the books but for its sender's queue.</summary>
    private void Forget(PooledTransaction pooled, PoolChangeKind kind, Hash256? by)
    {
        _byHash.Remove(pooled.Transaction.Hash);
        _bytes -= pooled.SizeBytes;
        CountAuthorities(pooled.Transaction, -1);
        if (pooled.HasBlobs)
        {
            _blobs.Leave(pooled.Transaction, isIncluded: kind == PoolChangeKind.Included);
        }

        _announcements.Note(new PoolChange(kind, pooled, by));
    }

    /// <summary>Takes a queue out of the books that depend on its row and on its last.</summary>
    /// <returns>The nonce after its row.</returns>
    private ulong BeginChange(SenderQueue queue)
    {
        if (queue.Key is { } key)
        {
            _lasts.Remove(key);
            _blobLasts.Remove(key);
            queue.Key = null;
        }

        Volatile.Write(ref _readyCount, _readyCount - queue.ReadyCount);
        return queue.NextNonce;
    }

    /// <summary>Enters a queue into those books again, and announces who has come into the row.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="nextBefore">The nonce after its row before the change.</param>
    /// <param name="newcomer">Who was announced already.</param>
    private void EndChange(SenderQueue queue, ulong nextBefore, PooledTransaction? newcomer)
    {
        Volatile.Write(ref _version, unchecked(_version + 1));
        if (queue.Count == 0)
        {
            _bySender.Remove(queue.Sender);
            _ready.Remove(queue.Sender);
            return;
        }

        Volatile.Write(ref _readyCount, _readyCount + queue.ReadyCount);
        PooledTransaction last = queue.Last;
        queue.Key = new EvictionKey(
            queue.ReadyCount == queue.Count, last.Transaction.MaxFeePerGas, last.Sequence, queue);
        (last.HasBlobs ? _blobLasts : _lasts).Add(queue.Key);
        if (queue.ReadyCount > 0)
        {
            _ready[queue.Sender] = queue;
        }
        else
        {
            _ready.Remove(queue.Sender);
        }

        for (ulong nonce = Math.Max(nextBefore, queue.Nonce); nonce < queue.NextNonce; nonce++)
        {
            if (queue.TryGet(nonce, out PooledTransaction? promoted) && promoted != newcomer)
            {
                _announcements.Note(new PoolChange(PoolChangeKind.Promoted, promoted));
            }
        }
    }

    private void CountAuthorities(Transaction transaction, int by)
    {
        foreach (Authorization authorization in transaction.AuthorizationList)
        {
            if (authorization.TryRecoverAuthority(out Address authority))
            {
                int count = _authorities.GetValueOrDefault(authority) + by;
                if (count > 0)
                {
                    _authorities[authority] = count;
                }
                else
                {
                    _authorities.Remove(authority);
                }
            }
        }
    }
}
