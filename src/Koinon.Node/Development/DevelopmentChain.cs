using Koinon.Chain;
using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Evm;
using Koinon.Node.Development.Printing;
using Koinon.Primitives.Transactions;
using Koinon.Rpc;
using Koinon.Rpc.Development;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Subscriptions;
using Microsoft.Extensions.Logging;

namespace Koinon.Node.Development;

/// <summary>A development chain without a server: the parts, put together once.</summary>
/// <remarks>
/// It differs from a node in its sealing, its clock, its wallet, the methods that control it, rules for unsigned
/// transactions and their gas, and the safe and finalized blocks; ledger, pool, builder and dispatcher are the same
/// types.
/// </remarks>
internal sealed class DevelopmentChain : IAsyncDisposable
{
    /// <summary>How many blobs are kept: 64 MiB.</summary>
    private const int BlobsKept = 512;

    private readonly ExecutionResources _resources = new();
    private readonly IDisposable _printing;
    private readonly ChainFeed _feed;
    private readonly ITransactionEntry _entry;
    private readonly TimeProvider _time;

    private DevelopmentChain(
        DevelopmentOptions options, TimeProvider time, DevelopmentPrinter printer, ILoggerFactory logging)
    {
        _time = time;
        Printer = printer;
        Manner manner = options.Manner;
        Impersonation impersonation = new(options.ImpersonatesAll);
        Wallet = new DevelopmentWallet(options.SecretKeys, impersonation, manner);
        Genesis genesis = DevelopmentGenesis.Create(options, Wallet.Own, time);
        Clock = new DevelopmentClock(time, manner);
        Ledger = DevelopmentLedger.Open(options, genesis, _resources);
        Pool = new TransactionPool(Ledger, PoolOptions.Development);
        Producer = new BlockProducer(Ledger, Pool, time, new ProducerOptions
        {
            Mode = options.Mining,
            Clock = Clock,
            Console = new BlockConsole(printer),
            Settings = new ProducerSettings
            {
                Beneficiary = options.Coinbase,
                TransactionsMax = options.TransactionsMax,
                Order = options.Order,
            },
        });
        Clock.Begin(Ledger.Head, options.Timestamp is not null || Ledger.Head.Number > Ledger.GenesisBlock.Number);
        Snapshots = new ChainSnapshots(Ledger, Pool, Producer, Clock);
        Files = new StateFiles(Ledger, Producer, Clock);
        Blobs = new BlobArchive(BlobsKept);
        FeeOracle fees = new(Ledger, Producer);
        _entry = manner == Manner.Hardhat
            ? new HardhatEntry(
                Producer,
                new HardhatAdmission(Ledger, Pool, Producer, fees),
                new MinedOutcomes(Ledger),
                Blobs)
            : new AnvilEntry(Producer, fees, Blobs);
        _printing = Ledger.Subscribe(printer.Follow);
        _feed = new ChainFeed(Ledger, PendingOf(Pool), logging.CreateLogger<ChainFeed>());
        Parts = PartsOf(options, fees);
        Development = new DevelopmentParts
        {
            Manner = manner,
            Producer = Producer,
            Clock = Clock,
            Impersonation = impersonation,
            ImpersonatedBalance = options.ImpersonatedBalance,
            Snapshots = Snapshots,
            Life = new DevelopmentLife(Ledger, Pool, Producer, Snapshots, Clock, impersonation),
            Log = printer,
            Blobs = Blobs,
            Files = Files,
        };
    }

    internal Ledger Ledger { get; }

    internal TransactionPool Pool { get; }

    internal BlockProducer Producer { get; }

    internal DevelopmentWallet Wallet { get; }

    internal DevelopmentClock Clock { get; }

    internal ChainSnapshots Snapshots { get; }

    internal StateFiles Files { get; }

    internal BlobArchive Blobs { get; }

    internal DevelopmentPrinter Printer { get; }

    internal RpcParts Parts { get; }

    internal DevelopmentParts Development { get; }

    /// <summary>Makes a chain.</summary>
    /// <exception cref="DevelopmentOptionException">An option cannot be used.</exception>
    internal static async Task<DevelopmentChain> CreateAsync(
        DevelopmentOptions options, TimeProvider time, ILoggerFactory logging, CancellationToken cancellation)
    {
        DevelopmentPrinter printer = new(
            options.Output ?? TextWriter.Null,
            options.Output is not null && options.PrintsRequests,
            logging.CreateLogger<DevelopmentPrinter>())
        {
            PrintsConsole = options.Output is not null && options.PrintsConsole,
        };
        try
        {
            DevelopmentChain chain = new(options, time, printer, logging);
            if (options.State is { } state
                && await chain.Files.LoadAsync(state, cancellation).ConfigureAwait(false) is { } error)
            {
                await chain.DisposeAsync().ConfigureAwait(false);
                throw new DevelopmentOptionException($"the state cannot be loaded: {error.Message}");
            }

            return chain;
        }
        catch
        {
            await printer.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _printing.Dispose();
        await _feed.DisposeAsync().ConfigureAwait(false);
        await Producer.DisposeAsync().ConfigureAwait(false);
        (_entry as IDisposable)?.Dispose();
        Pool.Dispose();
        Ledger.Dispose();
        _resources.Dispose();
        await Printer.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The transactions that a block may hold from now on.</summary>
    private static Func<Action<Transaction>, IDisposable> PendingOf(TransactionPool pool) =>
        note => pool.Subscribe(change =>
        {
            if (change.Kind is PoolChangeKind.Added or PoolChangeKind.Promoted)
            {
                note(change.Pooled.Transaction);
            }
        });

    private RpcParts PartsOf(DevelopmentOptions options, FeeOracle fees)
    {
        BlockLookup blocks = new(Ledger, new ProducerPending(Ledger, Pool, Producer))
        {
            SafeDepth = options.SlotsInAnEpoch,
            FinalizedDepth = 2 * options.SlotsInAnEpoch,
        };
        RpcLimits limits = options.Limits with
        {
            // A call may do what a block may.
            CallGasMax = Math.Max(options.Limits.CallGasMax, options.GasLimit),
        };
        return new RpcParts
        {
            Ledger = Ledger,
            Pool = Pool,
            Wallet = Wallet,
            Entry = _entry,
            Blocks = blocks,
            Calls = new CallRunner(blocks, limits) { Observer = new CallConsole(Printer) },
            Fees = fees,
            ClientVersion = options.ClientVersion ?? ClientVersions.Of(options.Manner),
            Limits = limits,
            Clock = _time,
            Feed = _feed,
            Filters = new FilterStore(_feed, limits, _time),
            Beneficiary = () => Producer.Settings.Beneficiary,
        };
    }
}
