using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Storage;

namespace Koinon.Chain.Building;

/// <summary>The one writer of a chain that builds its own blocks: at once, at a pace, or by command.</summary>
/// <remarks>
/// <para>Safe from any thread. Writers go one after another, in the order in which they came; nobody holds a thread
/// while waiting for the turn, and the turn is given up while missing state is fetched.</para>
/// <para>Under automatic building a transaction that the next block can hold is in the head, with its receipt, when its
/// sender is answered. Senders side by side share blocks: whoever has the turn builds for all that wait.</para>
/// </remarks>
public sealed class BlockProducer : IAsyncDisposable
{
    /// <summary>Most empty blocks that are written together: as many as one move may give up again.</summary>
    private const int WrittenAtOnceMax = 32;

    private readonly Ledger.Ledger _ledger;
    private readonly TransactionPool _pool;
    private readonly BlockBuilder _builder;
    private readonly ProducerOptions _options;
    private readonly IBlockClock _clock;

    // The writer's turn: who has it may move the head. First come, first served.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _lifetime = new();
    private readonly CancellationToken _closed;
    private readonly Lock _gate = new();
    private readonly IntervalTimer _timer;
    private MiningMode _mode;
    private ProducerSettings _settings;
    private NextBlock _next = NextBlock.Usual;
    private PendingResult? _pending;
    private int _drainsWanted;

    /// <summary>A producer that begins at once.</summary>
    /// <param name="ledger">The chain.</param>
    /// <param name="pool">Where transactions wait.</param>
    /// <param name="time">Says what time it is, and when the next interval is over.</param>
    /// <param name="options">How it begins; the defaults where it is left out.</param>
    public BlockProducer(
        Ledger.Ledger ledger, TransactionPool pool, TimeProvider time, ProducerOptions? options = null)
    {
        _ledger = ledger;
        _pool = pool;
        _options = options ?? new ProducerOptions();
        _builder = new BlockBuilder(ledger);
        _clock = _options.Clock ?? new SystemBlockClock(time);
        _mode = _options.Mode;
        _settings = _options.Settings;
        _closed = _lifetime.Token;
        _timer = new IntervalTimer(time, ProduceByItselfAsync);
        _timer.Set(_mode);
    }

    /// <summary>What makes it build.</summary>
    public MiningMode Mode => Volatile.Read(ref _mode);

    /// <summary>What its blocks are to be like.</summary>
    public ProducerSettings Settings => Volatile.Read(ref _settings);

    /// <summary>What the next block alone is to be like.</summary>
    public NextBlock Next => Volatile.Read(ref _next);

    /// <summary>The most blocks that <see cref="ProduceManyAsync"/> builds at once.</summary>
    public ulong BlocksAtOnceMax => _options.BlocksAtOnceMax;

    /// <summary>Says what time blocks state.</summary>
    public IBlockClock Clock => _clock;

    /// <summary>Builds blocks that nobody commits: pending ones, payloads.</summary>
    public BlockBuilder Builder => _builder;

    /// <summary>Has those who number transactions of one sender go one after another.</summary>
    public SenderTurns Senders { get; } = new();

    /// <summary>Changes what makes it build. Nothing that waits is lost, and nothing is built by the change itself:
    /// <see cref="ProduceReadyAsync"/> does that.</summary>
    public void SetMode(MiningMode mode)
    {
        Volatile.Write(ref _mode, mode);
        _timer.Set(mode);
    }

    /// <summary>Changes what all blocks are to be like.</summary>
    /// <param name="change">Makes the new settings of the old; called once.</param>
    public void AmendSettings(Func<ProducerSettings, ProducerSettings> change)
    {
        lock (_gate)
        {
            Volatile.Write(ref _settings, change(_settings));
        }
    }

    /// <summary>Changes what the next block alone is to be like.</summary>
    /// <param name="change">Makes the new wishes of the old; called once.</param>
    public void AmendNext(Func<NextBlock, NextBlock> change)
    {
        lock (_gate)
        {
            Volatile.Write(ref _next, change(_next));
        }
    }

    /// <summary>Takes a transaction; under automatic building puts it into a block if the next can hold it.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="cancellation">
    /// Ends the waiting for an answer; a transaction that was taken stays, and is built all the same.
    /// </param>
    public ValueTask<Submission> SubmitAsync(Transaction transaction, CancellationToken cancellation) =>
        SubmitAsync(transaction, AdmissionTerms.None, cancellation);

    /// <summary>Takes a transaction; under automatic building puts it into a block if the next can hold it.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="terms">What is demanded of it above what the pool demands.</param>
    /// <param name="cancellation">
    /// Ends the waiting for an answer; a transaction that was taken stays, and is built all the same.
    /// </param>
    public async ValueTask<Submission> SubmitAsync(
        Transaction transaction, AdmissionTerms terms, CancellationToken cancellation)
    {
        terms = terms with { BlockGasLimit = terms.BlockGasLimit ?? Next.GasLimit ?? Settings.GasLimit };
        PoolResult taken = _pool.Add(transaction, terms);
        while (taken.MissingKey is { } key && _options.Fetcher is { } fetcher)
        {
            string? fault = transaction.TryGetSender(out Address sender)
                ? await fetcher.FetchAheadAsync([key], [new PlannedRun(transaction, sender)], cancellation)
                    .ConfigureAwait(false)
                : await fetcher.FetchAsync([key], cancellation).ConfigureAwait(false);
            taken = fault is null ? _pool.Add(transaction, terms) : taken with { MissingKey = null, Detail = fault };
        }

        if (!taken.IsTaken || !Mode.IsAutomatic)
        {
            return Noted(new Submission(taken), transaction);
        }

        ValueTask<Submission> included = IncludeAsync(transaction);
        return Noted(
            included.IsCompleted
                ? await included.ConfigureAwait(false)
                : await included.AsTask().WaitAsync(cancellation).ConfigureAwait(false),
            transaction);
    }

    /// <summary>What waits on is in the journal before the sender is told.</summary>
    private Submission Noted(Submission submission, Transaction transaction)
    {
        if (!submission.IsAccepted
            || submission.Block is not null
            || _options.Journal is not { } journal
            || journal.TryWrite(out string? fault))
        {
            return submission;
        }

        _pool.Remove(transaction.Hash);
        return new Submission(new PoolResult(PoolError.NotWritten, Detail: fault));
    }

    /// <summary>Builds one block now, whatever the mode.</summary>
    /// <param name="request">What it is to be like.</param>
    /// <param name="cancellation">Ends it before a block is made.</param>
    public ValueTask<Production> ProduceAsync(ProduceRequest request, CancellationToken cancellation) =>
        RunAsync(built => built == 0 ? request : null, cancellation);

    /// <summary>Builds many blocks now, one after another without anything between.</summary>
    /// <param name="count">How many; at most <see cref="BlocksAtOnceMax"/>.</param>
    /// <param name="secondsBetween">
    /// By how much each block's time is after the one before; as the clock says where it is left out.
    /// </param>
    /// <param name="spacesFirst">Whether that holds for the first block too.</param>
    /// <param name="cancellation">Ends it between two blocks.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is more than the most.</exception>
    public ValueTask<Production> ProduceManyAsync(
        ulong count, ulong? secondsBetween, bool spacesFirst, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, BlocksAtOnceMax);
        ProduceRequest first = new() { SecondsAfterParent = spacesFirst ? secondsBetween : null };
        ProduceRequest later = new() { SecondsAfterParent = secondsBetween, HasFollowers = true };
        return RunAsync(
            built =>
            {
                cancellation.ThrowIfCancellationRequested();
                return built == count ? null : built == 0 ? first : later;
            },
            cancellation);
    }

    /// <summary>Builds blocks until nothing that waits can be executed.</summary>
    /// <param name="cancellation">Ends it between two blocks.</param>
    public ValueTask<Production> ProduceReadyAsync(CancellationToken cancellation) =>
        RunAsync(
            _ =>
            {
                cancellation.ThrowIfCancellationRequested();
                return ProduceRequest.OfWaiting;
            },
            cancellation);

    /// <summary>Does something that no block may come between: edits, reverts, snapshots.</summary>
    /// <param name="work">What to do; it may write to the ledger.</param>
    /// <param name="cancellation">Ends the waiting for the turn.</param>
    public async ValueTask<T> ExclusiveAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return work();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The block that would be built now, from what waits; it is put nowhere.</summary>
    /// <param name="cancellation">Ends the search for a seal.</param>
    /// <remarks>Built anew when chain, pool, wishes or time have changed since it was asked for last.</remarks>
    public BuildResult BuildPending(CancellationToken cancellation)
    {
        PendingKey key = new(_ledger.Sequence, _pool.Version, Settings, Next, _clock.NextTimestamp(_ledger.Head));
        if (Volatile.Read(ref _pending) is { } pending && pending.Key == key)
        {
            return pending.Result;
        }

        BuildRequest request = RequestAfter(_ledger.Head, NextBlock.Usual) with { LeavesOutUnknown = true };
        BuildResult result = _builder.Build(_pool, request, cancellation);
        if (!cancellation.IsCancellationRequested)
        {
            Volatile.Write(ref _pending, new PendingResult(key, result));
        }

        return result;
    }

    /// <summary>What the block after another would be like, if it were built now.</summary>
    /// <param name="parent">The block before.</param>
    /// <param name="wishes">What stands above all else.</param>
    public BuildRequest RequestAfter(LedgerBlock parent, NextBlock wishes)
    {
        ProducerSettings settings = Settings;
        NextBlock next = Next;
        return new BuildRequest
        {
            Beneficiary = wishes.Beneficiary ?? next.Beneficiary ?? settings.Beneficiary,
            Timestamp = wishes.Timestamp ?? next.Timestamp ?? _clock.NextTimestamp(parent),
            IsTimestampExact = true,
            GasLimit = wishes.GasLimit ?? next.GasLimit ?? settings.GasLimit,
            ExtraData = settings.ExtraData,
            PrevRandao = wishes.PrevRandao ?? next.PrevRandao,
            ParentBeaconBlockRoot =
                wishes.ParentBeaconBlockRoot ?? next.ParentBeaconBlockRoot ?? settings.ParentBeaconBlockRoot,
            BaseFeePerGas = wishes.BaseFeePerGas ?? next.BaseFeePerGas ?? settings.BaseFeePerGas,
            TransactionsMax = settings.TransactionsMax,
            Order = settings.Order,
        };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _lifetime.CancelAsync().ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
        await _turn.WaitAsync().ConfigureAwait(false);
        _lifetime.Dispose();
    }

    /// <summary>Builds until a transaction is in a block or has to wait.</summary>
    private async ValueTask<Submission> IncludeAsync(Transaction transaction)
    {
        Production built = await RunAsync(
            _ => Mode.IsAutomatic && _pool.TryGet(transaction.Hash, out Transaction? _)
                ? ProduceRequest.OfWaiting
                : null,
            _closed).ConfigureAwait(false);
        Submission answer = new(new PoolResult(PoolError.None)) { Verdict = built.Verdict };
        if (_ledger.TryGetTransaction(transaction.Hash, out LedgerTransaction found))
        {
            answer = answer with { Block = found.Block, Index = found.Index };
        }

        if (built.Verdict.IsValid)
        {
            DrainLater();
        }

        return answer;
    }

    /// <summary>
    /// Has what others left behind built too: a sender is answered as soon as its own transaction is there.
    /// </summary>
    private void DrainLater()
    {
        if (_pool.ReadyCount > 0 && Interlocked.Increment(ref _drainsWanted) == 1)
        {
            _ = Task.Run(DrainAsync);
        }
    }

    private async Task DrainAsync()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref _drainsWanted);
            try
            {
                Production built = await RunAsync(
                    _ => Mode.IsAutomatic ? ProduceRequest.OfWaiting : null, _closed).ConfigureAwait(false);
                Report(built.Verdict);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
        while (Interlocked.CompareExchange(ref _drainsWanted, 0, seen) != seen);
    }

    /// <summary>The interval is over.</summary>
    private async Task ProduceByItselfAsync()
    {
        try
        {
            Production built = await ProduceAsync(ProduceRequest.Usual, _closed).ConfigureAwait(false);
            Report(built.Verdict);
        }
        catch (OperationCanceledException)
        {
            // The producer is being closed.
        }
    }

    private void Report(in BlockVerdict verdict)
    {
        if (!verdict.IsValid)
        {
            _options.Failed?.Invoke(verdict);
        }
    }

    /// <summary>Builds block after block in one turn; between a miss and its fetch others have theirs.</summary>
    /// <param name="next">What to build, told how many there are already; <see langword="null"/> ends it.</param>
    /// <param name="cancellation">Ends the waiting for turn and fetch.</param>
    private async ValueTask<Production> RunAsync(Func<ulong, ProduceRequest?> next, CancellationToken cancellation)
    {
        Production production = Production.None;
        bool goesWithout = false;
        while (true)
        {
            (BuildResult Result, bool IsWithout)? stopped;
            await _turn.WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                production = BuildWhile(next, production, goesWithout, cancellation, out stopped);
            }
            finally
            {
                _turn.Release();
            }

            if (stopped is not ({ MissingKeys.Count: > 0 } result, var isWithout)
                || _options.Fetcher is not { } fetcher)
            {
                return production;
            }

            string? fault = await fetcher.FetchAheadAsync(result.MissingKeys, result.Stalled, cancellation)
                .ConfigureAwait(false);
            if (fault is not null && isWithout)
            {
                return production with { Verdict = new BlockVerdict(BlockError.StateUnavailable, fault) };
            }

            // What cannot be had does not hold up the others.
            goesWithout = fault is not null;
            production = production with { Verdict = BlockVerdict.Valid };
        }
    }

    private Production BuildWhile(
        Func<ulong, ProduceRequest?> next,
        Production production,
        bool goesWithout,
        CancellationToken cancellation,
        out (BuildResult Result, bool IsWithout)? stopped)
    {
        stopped = null;
        List<LedgerBlock> unwritten = [];
        ulong sequence = 0;
        while (true)
        {
            if (unwritten.Count == 0)
            {
                sequence = _ledger.Sequence;
            }

            NextBlock wishes = Next;
            bool isWithout = goesWithout;
            BuildResult? result = null;
            if (next(production.Count + (ulong)unwritten.Count) is { } request)
            {
                isWithout |= !request.AllowsEmpty;
                result = Build(request, unwritten, isWithout, cancellation);
                if (result.Block is { } block)
                {
                    unwritten.Add(block);
                    if (MayWait(request, wishes, block) && unwritten.Count < WrittenAtOnceMax)
                    {
                        continue;
                    }
                }
                else if (unwritten.Count == 0)
                {
                    if (result.Verdict.Error == BlockError.StateUnavailable && _ledger.Sequence != sequence)
                    {
                        continue;
                    }

                    stopped = (result, isWithout);
                    return production with { Verdict = result.Verdict, Refused = result.Refused };
                }
            }
            else if (unwritten.Count == 0)
            {
                return production;
            }

            // Where a block could not be built on those that wait, it is tried again once they are written.
            BlockVerdict verdict = TryWrite(unwritten, sequence, wishes, out bool isWritten);
            if (!verdict.IsValid)
            {
                return production with { Verdict = verdict, Refused = result?.Refused ?? [] };
            }

            if (isWritten)
            {
                production = new Production(
                    production.Count + (ulong)unwritten.Count, unwritten[^1], BlockVerdict.Valid)
                {
                    Refused = result?.Refused ?? [],
                };
            }

            unwritten.Clear();
        }
    }

    /// <summary>Whether a block may be written with those that follow: nobody waits for what is in it.</summary>
    private bool MayWait(ProduceRequest request, NextBlock wishes, LedgerBlock block) =>
        request.HasFollowers
        && wishes == NextBlock.Usual
        && block.Block.Transactions.Count == 0
        && _pool.ReadyCount == 0;

    /// <summary>Makes blocks that were built canonical, all at once.</summary>
    /// <param name="blocks">One on the other.</param>
    /// <param name="sequence">How many moves there were when the first was begun.</param>
    /// <param name="wishes">What was wished of the next block when the last was begun.</param>
    /// <param name="isWritten">Whether they are the chain now; where somebody else moved the head or edited its state
    /// meanwhile, they are built again.</param>
    /// <returns>Why the store did not take them, if so.</returns>
    private BlockVerdict TryWrite(
        List<LedgerBlock> blocks, ulong sequence, NextBlock wishes, out bool isWritten)
    {
        isWritten = false;
        try
        {
            isWritten = _ledger.Sequence == sequence && _ledger.TryCommit(blocks);
        }
        catch (StoreException refused)
        {
            // What waits goes on waiting: a disk that is full today has room tomorrow.
            return new BlockVerdict(BlockError.NotWritten, refused.Message);
        }

        if (isWritten)
        {
            Interlocked.CompareExchange(ref _next, NextBlock.Usual, wishes);
            blocks.ForEach(_clock.Committed);
            _options.Console?.Committed();
        }

        return BlockVerdict.Valid;
    }

    private BuildResult Build(
        ProduceRequest request, List<LedgerBlock> unwritten, bool isWithout, CancellationToken cancellation)
    {
        // Blocks of what waits are there for whoever can be served at once; others wait for what is fetched.
        LedgerBlock parent = unwritten.Count > 0 ? unwritten[^1] : _ledger.Head;
        NextBlock wishes = request.SecondsAfterParent is { } seconds
            ? request.Block with { Timestamp = checked(parent.Header.Timestamp + seconds) }
            : request.Block;
        _options.Console?.Begin();
        BuildRequest wanted = RequestAfter(parent, wishes) with
        {
            Unwritten = unwritten,
            AllowsEmpty = request.AllowsEmpty,
            LeavesOutUnknown = isWithout,
            Observer = _options.Console,
        };
        return request.Transactions is { } transactions
            ? _builder.Build(parent, transactions, wanted, cancellation)
            : _builder.Build(_pool, parent, wanted, cancellation);
    }

    private sealed record PendingKey(
        ulong Sequence, ulong PoolVersion, ProducerSettings Settings, NextBlock Next, ulong Timestamp);

    private sealed record PendingResult(PendingKey Key, BuildResult Result);
}
