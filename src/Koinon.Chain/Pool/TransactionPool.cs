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
/// <para>Safe from any thread. It follows the ledger's head: what is included leaves, what a reorganisation undoes
/// comes back. Signatures and proofs are checked outside of the lock.</para>
/// <para>What was taken leaves by inclusion, replacement, on request or by eviction, and each is announced.</para>
/// <para>This type is long because one lock guards all of it: the parts that need none are types of their own. It is
/// split by topic: taking, following the head, leaving.</para>
/// </remarks>
public sealed partial class TransactionPool : IDisposable
{
    // Guards everything below; signatures, proofs and handlers run outside of it.
    private readonly Lock _gate = new();
    private readonly Ledger.Ledger _ledger;
    private readonly PoolOptions _options;
    private readonly Dictionary<Hash256, PooledTransaction> _byHash = [];
    private readonly Dictionary<Address, SenderQueue> _bySender = [];

    // The senders whose first transaction the next block may hold.
    private readonly Dictionary<Address, SenderQueue> _ready = [];

    // The last transactions of all senders, who leaves first first: without blobs, and with.
    private readonly SortedSet<EvictionKey> _lasts = [];
    private readonly SortedSet<EvictionKey> _blobLasts = [];

    // For how many waiting transactions an account has signed a delegation (EIP-7702).
    private readonly Dictionary<Address, int> _authorities = [];
    private readonly BlobShelf _blobs;
    private readonly PoolAnnouncements _announcements = new();
    private readonly IDisposable _subscription;
    private LedgerBlock _head;
    private ActiveRules _rules;
    private int _readyCount;
    private long _bytes;
    private ulong _sequence;
    private ulong _version;

    /// <summary>An empty pool over a ledger.</summary>
    /// <param name="ledger">Whose head the pool follows.</param>
    /// <param name="options">What it takes and what bounds it; the defaults where it is left out.</param>
    public TransactionPool(Ledger.Ledger ledger, PoolOptions? options = null)
    {
        _ledger = ledger;
        _options = options ?? new PoolOptions();
        _blobs = new BlobShelf(_options.BlobBytesMax);
        _head = ledger.Head;
        _rules = ledger.RulesAfter(_head);
        _subscription = ledger.Subscribe(Follow);
        lock (_gate)
        {
            // The head may have moved while nobody listened.
            _head = ledger.Head;
            _rules = ledger.RulesAfter(_head);
        }
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

    /// <summary>How many of them stand in a row from their sender's next nonce.</summary>
    public int ReadyCount => Volatile.Read(ref _readyCount);

    /// <summary>How many bytes they take.</summary>
    public long SizeBytes => Volatile.Read(ref _bytes);

    /// <summary>A number that is another after each change of what waits.</summary>
    public ulong Version => Volatile.Read(ref _version);

    /// <summary>Announces every later change, in order.</summary>
    /// <param name="handler">Called outside of the pool's lock, one change after another: it must be quick.</param>
    /// <returns>Ends the subscription when disposed.</returns>
    public IDisposable Subscribe(Action<PoolChange> handler) => _announcements.Subscribe(handler);

    /// <summary>Finds a transaction that waits.</summary>
    public bool TryGet(in Hash256 hash, [NotNullWhen(true)] out Transaction? transaction)
    {
        lock (_gate)
        {
            transaction = _byHash.TryGetValue(hash, out PooledTransaction? pooled) ? pooled.Transaction : null;
            return transaction is not null;
        }
    }

    /// <summary>Finds what a sender has waiting under a nonce.</summary>
    public bool TryGet(in Address sender, ulong nonce, [NotNullWhen(true)] out PooledTransaction? pooled)
    {
        pooled = null;
        lock (_gate)
        {
            return _bySender.TryGetValue(sender, out SenderQueue? queue) && queue.TryGet(nonce, out pooled);
        }
    }

    /// <summary>Finds a blob: of what waits, or of what stands in a block of late.</summary>
    /// <param name="versionedHash">Its hash, as transactions name it.</param>
    /// <param name="transaction">A transaction that carries it.</param>
    /// <param name="index">Its place in the sidecar.</param>
    public bool TryGetBlob(in Hash256 versionedHash, [NotNullWhen(true)] out Transaction? transaction, out int index)
    {
        lock (_gate)
        {
            bool found = _blobs.TryGet(versionedHash, out (Transaction Transaction, int Index) blob);
            (transaction, index) = found ? blob : default;
            return found;
        }
    }

    /// <summary>Every transaction that waits, in the order of arrival.</summary>
    public IReadOnlyList<PooledTransaction> Snapshot() => Mark().Transactions;

    /// <summary>What each sender has waiting.</summary>
    public IReadOnlyList<PoolContent> Content()
    {
        lock (_gate)
        {
            List<PoolContent> content = new(_bySender.Count);
            foreach (SenderQueue queue in _bySender.Values)
            {
                content.Add(ContentOf(queue));
            }

            return content;
        }
    }

    /// <summary>What one sender has waiting.</summary>
    public PoolContent ContentOf(in Address sender)
    {
        lock (_gate)
        {
            return _bySender.TryGetValue(sender, out SenderQueue? queue)
                ? ContentOf(queue)
                : new PoolContent(sender, [], []);
        }
    }

    /// <summary>The nonce that follows what is included and what waits without a gap.</summary>
    public ulong NextNonceOf(in Address sender)
    {
        lock (_gate)
        {
            if (_bySender.TryGetValue(sender, out SenderQueue? queue))
            {
                return queue.NextNonce;
            }

            return _head.State is { } state && state.ReadAccount(sender, out Account account) == ReadStatus.Found
                ? account.Nonce
                : 0;
        }
    }

    /// <summary>What may be executed next, best paying first, each sender's in the order of nonces.</summary>
    /// <param name="state">The state that nonces count from.</param>
    /// <param name="baseFee">The block's base fee: what does not pay it stays.</param>
    /// <param name="order">Who goes first.</param>
    public IReadOnlyList<PooledTransaction> Ready(
        IStateView state, in UInt256 baseFee, TransactionOrder order = TransactionOrder.Fees)
    {
        ReadyCursor cursor = new(this, FirstsOn(state), baseFee, order);
        List<PooledTransaction> ready = [];
        while (cursor.TryTake(out PooledTransaction? pooled))
        {
            ready.Add(pooled);
            cursor.GoOnAfter(pooled);
        }

        return ready;
    }

    /// <summary>Begins to go through what may be executed next.</summary>
    /// <param name="parent">The block after which it would be.</param>
    /// <param name="state">The state after that block.</param>
    /// <param name="baseFee">The next block's base fee: what does not pay it stays.</param>
    /// <param name="order">Who goes first.</param>
    internal ReadyCursor OpenCursor(
        LedgerBlock parent, IStateView state, in UInt256 baseFee, TransactionOrder order)
    {
        List<PooledTransaction>? firsts = null;
        lock (_gate)
        {
            // After the head the nonces are known; after another block they are read.
            if (parent == _head)
            {
                firsts = new List<PooledTransaction>(_ready.Count);
                foreach (SenderQueue queue in _ready.Values)
                {
                    firsts.Add(queue.First);
                }
            }
        }

        return new ReadyCursor(this, firsts ?? FirstsOn(state), baseFee, order);
    }

    /// <summary>What waits now, to go back to. It costs a reference for each.</summary>
    public PoolMark Mark()
    {
        lock (_gate)
        {
            PooledTransaction[] all = [.. _byHash.Values];
            Array.Sort(all, static (left, right) => left.Sequence.CompareTo(right.Sequence));
            return new PoolMark(all);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _subscription.Dispose();

    private static PoolContent ContentOf(SenderQueue queue)
    {
        List<PooledTransaction> pending = new(queue.ReadyCount);
        List<PooledTransaction> queued = [];
        foreach (PooledTransaction pooled in queue.All)
        {
            (queue.IsReady(pooled) ? pending : queued).Add(pooled);
        }

        return new PoolContent(queue.Sender, pending, queued);
    }

    private List<PooledTransaction> FirstsOn(IStateView state)
    {
        lock (_gate)
        {
            List<PooledTransaction> firsts = [];
            foreach (SenderQueue queue in _bySender.Values)
            {
                if (queue.TryGet(NonceOf(state, queue.Sender), out PooledTransaction? first))
                {
                    firsts.Add(first);
                }
            }

            return firsts;
        }
    }

    private static ulong NonceOf(IStateView state, in Address sender) =>
        state.ReadAccount(sender, out Account account) == ReadStatus.Found ? account.Nonce : 0;
}
