using System.Diagnostics.Metrics;
using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Eth;

namespace Koinon.Node.Metrics;

/// <summary>What a chain, its pool and the process count and measure (meter <c>Koinon.Chain</c>).</summary>
/// <remarks>Reads what others keep; of its own it keeps sums. The names stand in <c>docs/operations.md</c>.</remarks>
public sealed class ChainMetrics : IDisposable
{
    private readonly Meter _meter = new("Koinon.Chain");
    private readonly Counter<long> _blocks;
    private readonly Counter<long> _transactions;
    private readonly Counter<long> _gas;
    private readonly Counter<long> _reorganisations;
    private readonly Counter<long> _reorganisedBlocks;
    private readonly Histogram<long> _depths;
    private readonly Histogram<double> _intervals;
    private readonly Histogram<long> _gasOfBlocks;
    private readonly Counter<long> _pooled;
    private readonly Counter<long> _departed;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private readonly IDisposable _heads;
    private readonly IDisposable _changes;
    private LedgerBlock? _last; // Of the announcements alone, which come one after another.
    private long _gasSinceScrape;
    private long _scrapedAt;

    /// <summary>Begins to count.</summary>
    /// <param name="ledger">The chain.</param>
    /// <param name="pool">What waits for a block.</param>
    /// <param name="storeFile">The file that holds the chain, where it lies on disk.</param>
    /// <param name="version">What the program calls itself.</param>
    /// <param name="clock">Measures rates.</param>
    public ChainMetrics(
        Ledger ledger, TransactionPool pool, string? storeFile, string version, TimeProvider clock)
    {
        _clock = clock;
        _scrapedAt = clock.GetTimestamp();
        _blocks = _meter.CreateCounter<long>("koinon.chain.blocks.imported", "{block}", "Blocks made canonical.");
        _transactions = _meter.CreateCounter<long>(
            "koinon.evm.transactions", "{transaction}", "Transactions of canonical blocks, by status.");
        _gas = _meter.CreateCounter<long>("koinon.evm.gas", "{gas}", "Gas used by canonical blocks.");
        _reorganisations = _meter.CreateCounter<long>(
            "koinon.chain.reorgs", "{reorg}", "Moves of the head that took blocks out.");
        _reorganisedBlocks = _meter.CreateCounter<long>(
            "koinon.chain.reorg.blocks", "{block}", "Blocks that were taken out.");
        _depths = _meter.CreateHistogram(
            "koinon.chain.reorg.depth",
            "{block}",
            "Blocks that one move of the head took out.",
            advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 2, 3, 5, 8, 16, 32, 64, 128, 256] });
        _intervals = _meter.CreateHistogram(
            "koinon.chain.block.interval",
            "s",
            "Time between a block and its parent, by their own times.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0, 1, 2, 3, 5, 8, 12, 15, 24, 36, 60, 120, 600],
            });
        _gasOfBlocks = _meter.CreateHistogram(
            "koinon.chain.block.gas_used",
            "{gas}",
            "Gas used by a canonical block.",
            advice: new InstrumentAdvice<long>
            {
                HistogramBucketBoundaries =
                    [0, 21_000, 100_000, 1_000_000, 5_000_000, 15_000_000, 30_000_000, 60_000_000],
            });
        _pooled = _meter.CreateCounter<long>("koinon.txpool.added", "{transaction}", "Transactions the pool took.");
        _departed = _meter.CreateCounter<long>(
            "koinon.txpool.dropped", "{transaction}", "Transactions that left the pool, by reason.");
        ShowChain(ledger);
        ShowPool(pool);
        ShowProcess(version);
        if (storeFile is not null)
        {
            ShowDisk(Path.GetFullPath(storeFile));
        }

        _last = ledger.Head;
        _heads = ledger.Subscribe(Count);
        _changes = pool.Subscribe(Count);
    }

    /// <summary>The meter, for who listens.</summary>
    public Meter Meter => _meter;

    /// <inheritdoc/>
    public void Dispose()
    {
        _heads.Dispose();
        _changes.Dispose();
        _meter.Dispose();
    }

    private void Count(HeadChange change)
    {
        if (change.IsEdit)
        {
            return;
        }

        if (change.Removed.Count > 0)
        {
            _reorganisations.Add(1);
            _reorganisedBlocks.Add(change.Removed.Count);
            _depths.Record(change.Removed.Count);
        }

        LedgerBlock? previous = _last;
        foreach (LedgerBlock block in change.Added)
        {
            _blocks.Add(1);
            Count(block);
            _gas.Add((long)block.Header.GasUsed);
            _gasOfBlocks.Record((long)block.Header.GasUsed);
            if (previous is { } parent && parent.Hash == block.Header.ParentHash)
            {
                _intervals.Record(block.Header.Timestamp - (double)parent.Header.Timestamp);
            }

            Interlocked.Add(ref _gasSinceScrape, (long)block.Header.GasUsed);
            previous = block;
        }

        _last = previous;
    }

    private void Count(LedgerBlock block)
    {
        if (!_transactions.Enabled)
        {
            return;
        }

        for (int i = 0; i < block.Block.Transactions.Count; i++)
        {
            _transactions.Add(
                1,
                new KeyValuePair<string, object?>("type", NameOf(block.Block.Transactions[i].Type)),
                new KeyValuePair<string, object?>(
                    "status", block.Receipts[i].Succeeded == false ? "reverted" : "succeeded"));
        }
    }

    private void Count(PoolChange change)
    {
        if (change.Kind is PoolChangeKind.Added or PoolChangeKind.Queued)
        {
            _pooled.Add(1);
        }
        else if (change.IsDeparture)
        {
            _departed.Add(1, new KeyValuePair<string, object?>("reason", NameOf(change.Kind)));
        }
    }

    private void ShowChain(Ledger ledger)
    {
        _meter.CreateObservableGauge(
            "koinon.chain.head.number", () => (long)ledger.Head.Number, "{block}", "The head's number.");
        _meter.CreateObservableGauge(
            "ethereum_blockchain_height", () => (long)ledger.Head.Number, "{block}", "The head's number (EIP-2159).");
        _meter.CreateObservableGauge(
            "ethereum_best_known_block_number",
            () => (long)ledger.Head.Number,
            "{block}",
            "The highest block that is known (EIP-2159).");
        _meter.CreateObservableGauge("ethereum_peer_count", static () => 0L, "{peer}", "Peers (EIP-2159).");
        _meter.CreateObservableGauge("ethereum_peer_limit", static () => 0L, "{peer}", "Most peers (EIP-2159).");
        _meter.CreateObservableGauge(
            "koinon.chain.head.age", () => AgeOf(ledger.Head), "s", "How long ago the head's time is.");
        _meter.CreateObservableGauge(
            "koinon.chain.safe.number", () => (long)(ledger.Safe?.Number ?? 0), "{block}", "The safe block's number.");
        _meter.CreateObservableGauge(
            "koinon.chain.finalized.number",
            () => (long)(ledger.Finalized?.Number ?? 0),
            "{block}",
            "The finalized block's number.");
        _meter.CreateObservableGauge<double>(
            "koinon.chain.base_fee",
            () => ledger.Head.Header.BaseFeePerGas is { IsUInt64: true } fee ? fee.U0 : 0ul,
            "wei",
            "The head's base fee.");
        _meter.CreateObservableGauge<double>(
            "koinon.chain.blob_base_fee",
            () => FeeOracle.BlobPrice(ledger.Head) is { IsUInt64: true } price ? price.U0 : 0ul,
            "wei",
            "The price of blob gas in the head.");
        _meter.CreateObservableGauge(
            "koinon.chain.best_known.number",
            () => (long)ledger.Head.Number,
            "{block}",
            "The highest block that is known.");
        _meter.CreateObservableGauge(
            "koinon.evm.gas.rate", GasRate, "{gas}/s", "Gas a second of canonical blocks since the last scrape.");
    }

    private void ShowDisk(string file)
    {
        _meter.CreateObservableGauge(
            "koinon.db.size", () => new FileInfo(file).Length, "By", "What the chain takes on disk.");
        DriveInfo drive = new(Path.GetDirectoryName(file)!);
        _meter.CreateObservableGauge(
            "koinon.disk.free", () => drive.AvailableFreeSpace, "By", "What is free where the chain lies.");
    }

    private void ShowPool(TransactionPool pool)
    {
        _meter.CreateObservableGauge(
            "koinon.txpool.size", () => pool.SizeBytes, "By", "What the transactions that wait take.");
        KeyValuePair<string, object?> pending = new("state", "pending");
        KeyValuePair<string, object?> queued = new("state", "queued");
        _meter.CreateObservableGauge<long>(
            "koinon.txpool.transactions",
            () =>
            {
                int ready = pool.ReadyCount;
                return [new Measurement<long>(ready, pending), new Measurement<long>(pool.Count - ready, queued)];
            },
            "{transaction}",
            "Transactions that wait: those that the next block may hold, and those that wait for others.");
    }

    private void ShowProcess(string version)
    {
        long started = _clock.GetTimestamp();
        KeyValuePair<string, object?> build = new("version", version);
        _meter.CreateObservableGauge(
            "koinon.build.info",
            () => new Measurement<long>(1, build),
            description: "Always 1; its label says which program this is.");
        _meter.CreateObservableGauge(
            "process_resident_memory_bytes", static () => Environment.WorkingSet, "By", "Memory of the process.");
        _meter.CreateObservableGauge(
            "koinon.process.heap", static () => GC.GetTotalMemory(false), "By", "Memory that is managed.");
        _meter.CreateObservableCounter(
            "process_cpu_seconds",
            static () => Environment.CpuUsage.TotalTime.TotalSeconds,
            "s",
            "Processor time of the process.");
        _meter.CreateObservableGauge(
            "koinon.process.uptime",
            () => _clock.GetElapsedTime(started).TotalSeconds,
            "s",
            "How long the node runs.");
        _meter.CreateObservableGauge(
            "koinon.process.threads", static () => (long)ThreadPool.ThreadCount, "{thread}", "Threads of the pool.");
    }

    private double AgeOf(LedgerBlock head) =>
        (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds - head.Header.Timestamp;

    private double GasRate()
    {
        lock (_gate)
        {
            double seconds = _clock.GetElapsedTime(_scrapedAt).TotalSeconds;
            long gas = Interlocked.Exchange(ref _gasSinceScrape, 0);
            _scrapedAt = _clock.GetTimestamp();
            return seconds > 0 ? gas / seconds : 0;
        }
    }

    private static string NameOf(TransactionType type) => type switch
    {
        TransactionType.Legacy => "legacy",
        TransactionType.AccessList => "access-list",
        TransactionType.DynamicFee => "dynamic-fee",
        TransactionType.Blob => "blob",
        TransactionType.SetCode => "set-code",
        _ => "other",
    };

    private static string NameOf(PoolChangeKind kind) => kind switch
    {
        PoolChangeKind.Included => "included",
        PoolChangeKind.Replaced => "replaced",
        PoolChangeKind.Outdated => "outdated",
        PoolChangeKind.Removed => "removed",
        PoolChangeKind.Evicted => "evicted",
        PoolChangeKind.Invalidated => "invalidated",
        _ => "discarded",
    };
}
