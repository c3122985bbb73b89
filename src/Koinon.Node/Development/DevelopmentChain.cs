using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Evm;
using Koinon.Node.Development.Printing;
using Koinon.Node.Development.States;
using Koinon.Node.Forking;
using Koinon.Rpc;
using Koinon.Rpc.Development;
using Koinon.Rpc.Development.Blobs;
using Koinon.Rpc.Development.Life;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Development.Mining;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Forking;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Subscriptions;
using Koinon.Rpc.Tracing;
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
    private readonly IDisposable _renumbering;
    private readonly ChainFeed _feed;
    private readonly FilterStore _filters;
    private readonly ITransactionEntry _entry;
    private readonly PoolJournal? _journal;
    private readonly TimeProvider _time;
    private readonly Impersonation _impersonation;

    private DevelopmentChain(
        DevelopmentOptions options,
        DevelopmentStart start,
        StateFile? file,
        TimeProvider time,
        DevelopmentPrinter printer,
        ILoggerFactory logging)
    {
        _time = time;
        Printer = printer;
        Manner manner = options.Manner;
        Impersonation impersonation = start.Impersonation;
        _impersonation = impersonation;
        Wallet = start.Wallet;
        Fork = start.Fork;
        Clock = new DevelopmentClock(time, manner);
        Ledger = DevelopmentLedger.Open(options, start.Genesis, start.Fork, _resources);
        bool isLoaded = file is not null && Fork is null;
        if (isLoaded && Ledger.Head.Number == Ledger.GenesisBlock.Number)
        {
            StateFileStart.AddHistory(file!, Ledger);
        }

        Pool = new TransactionPool(Ledger, options.Pool ?? DevelopmentOptions.PoolOf(manner));
        _journal = JournalOf(options, Pool);
        Producer = new BlockProducer(Ledger, Pool, time, new ProducerOptions
        {
            Mode = options.Mining,
            Clock = Clock,
            Console = new BlockConsole(printer),
            Journal = _journal,
            Fetcher = start.Fork?.Fetcher,
            Settings = new ProducerSettings
            {
                GasLimit = start.Fork?.Options.GasLimit,
                Beneficiary = options.Coinbase,
                TransactionsMax = options.TransactionsMax,
                Order = options.Order,
            },
        });
        Clock.Begin(Ledger.Head, options.Timestamp is not null || start.Fork is not null || isLoaded);
        _feed = new ChainFeed(Ledger, Pool, logging.CreateLogger<ChainFeed>());
        _filters = new FilterStore(_feed, options.Limits, time)
        {
            FirstBlock = manner == Manner.Hardhat ? () => Ledger.Head.Hash : null,
        };
        Snapshots = new ChainSnapshots(Ledger, Pool, Producer, Clock, _filters);
        Files = new StateFiles(Ledger, Producer, Clock, isFork: Fork is not null);
        Blobs = new BlobArchive(BlobsKept);
        FeeOracle fees = new(Ledger, Producer);
        HardhatErrors errors = new(new ProjectErrors(options.ProjectDirectory, time));
        _entry = manner == Manner.Hardhat
            ? new HardhatEntry(
                Producer,
                new HardhatAdmission(Ledger, Pool, Producer, fees),
                new MinedOutcomes(Ledger),
                Blobs,
                errors)
            : new AnvilEntry(Producer, fees, Blobs);
        _printing = Ledger.Subscribe(printer.Follow);
        _renumbering = Ledger.Subscribe(FollowChainId);
        Parts = PartsOf(options, fees);
        Life = new DevelopmentLife(Ledger, Pool, Producer, Snapshots, Clock, impersonation)
        {
            Fork = start.Fork,
        };
        Development = new DevelopmentParts
        {
            Manner = manner,
            ErrorShape = manner == Manner.Hardhat ? errors.Of : AnvilErrors.Of,
            Producer = Producer,
            Clock = Clock,
            Impersonation = impersonation,
            ImpersonatedBalance = options.ImpersonatedBalance,
            Snapshots = Snapshots,
            Life = Life,
            Remote = start.Fork?.Answers,
            Log = printer,
            Blobs = Blobs,
            Files = Files,
        };
    }

    /// <summary>The remote half, where the chain is a fork.</summary>
    internal ForkedChain? Fork { get; }

    internal Ledger Ledger { get; }

    internal TransactionPool Pool { get; }

    internal BlockProducer Producer { get; }

    internal DevelopmentWallet Wallet { get; }

    internal DevelopmentClock Clock { get; }

    internal ChainSnapshots Snapshots { get; }

    internal DevelopmentLife Life { get; }

    internal StateFiles Files { get; }

    internal BlobArchive Blobs { get; }

    internal DevelopmentPrinter Printer { get; }

    /// <summary>Where those go in and out who change it.</summary>
    internal ChangeGate Gate { get; } = new();

    internal RpcParts Parts { get; }

    internal DevelopmentParts Development { get; }

    /// <summary>Whether it is as it began: no block, no edit, nothing that waits, nothing to come back to.</summary>
    internal bool IsUntouched =>
        Ledger.Mark() == new LedgerMark(Ledger.GenesisBlock.Number, Ledger.GenesisBlock.Hash, 0)
        && Pool.Count == 0
        && Snapshots.All.Count == 0
        && _impersonation is { Accounts.Count: 0, HasSignatures: false }
        && Ledger.Genesis.Network.ChainIdChanges?.Latest is null;

    /// <summary>Makes a chain.</summary>
    /// <exception cref="DevelopmentOptionException">An option cannot be used.</exception>
    internal static async Task<DevelopmentChain> CreateAsync(
        DevelopmentOptions options,
        TimeProvider time,
        ILoggerFactory logging,
        CancellationToken cancellation,
        StateFile? file = null)
    {
        DevelopmentPrinter printer = new(
            options.Output ?? TextWriter.Null,
            options.Output is not null && options.PrintsRequests,
            logging.CreateLogger<DevelopmentPrinter>())
        {
            PrintsConsole = options.Output is not null && options.PrintsConsole,
        };
        DevelopmentStart? start = null;
        DevelopmentChain? chain = null;
        try
        {
            file ??= options.State is { } state ? StateFileReader.Read(state) : null;
            start = await DevelopmentStart.FindAsync(options, file, time, cancellation).ConfigureAwait(false);
            chain = new DevelopmentChain(options, start, file, time, printer, logging);
            await chain.BeginAsync(file, cancellation).ConfigureAwait(false);
            return chain;
        }
        catch (StateFileException wrong)
        {
            await ReleaseAsync().ConfigureAwait(false);
            throw new DevelopmentOptionException($"the state cannot be loaded: {wrong.Message}");
        }
        catch
        {
            await ReleaseAsync().ConfigureAwait(false);
            throw;
        }

        async ValueTask ReleaseAsync()
        {
            if (chain is not null)
            {
                await chain.DisposeAsync().ConfigureAwait(false);
                return;
            }

            start?.Fork?.Dispose();
            await printer.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Puts on the first block what stands there from the start.</summary>
    /// <exception cref="StateFileException">The file does not fit the fork.</exception>
    private async Task BeginAsync(StateFile? file, CancellationToken cancellation)
    {
        await ReplayAsync(cancellation).ConfigureAwait(false);
        if (file is null || Fork is null)
        {
            return;
        }

        // A fork keeps its blocks: the file's stand above it, or its accounts go over the state at its head.
        RpcError? reason = await Files.LoadAsync(file, cancellation).ConfigureAwait(false);
        if (reason is not null)
        {
            throw new StateFileException(reason.Message);
        }
    }

    /// <summary>Tells those who listen that nothing will happen any more.</summary>
    internal void End(string reason) => _feed.End(reason);

    /// <summary>What waits survives a restart where the chain does.</summary>
    private static PoolJournal? JournalOf(DevelopmentOptions options, TransactionPool pool)
    {
        if (options.DataDirectory is not { } directory)
        {
            return null;
        }

        PoolJournal journal = PoolJournal.Open(Path.Combine(directory, PoolJournal.FileName), options.IsFullyDurable);
        journal.Attach(pool);
        return journal;
    }

    /// <summary>Where the chain goes back, the blocks that come have the chain id of now.</summary>
    private void FollowChainId(HeadChange change)
    {
        if (change.Removed.Count > 0)
        {
            Ledger.Genesis.Network.ChainIdChanges?.Rewind(change.Ancestor.Number + 1);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _printing.Dispose();
        _renumbering.Dispose();
        await _feed.DisposeAsync().ConfigureAwait(false);
        await Producer.DisposeAsync().ConfigureAwait(false);
        (_entry as IDisposable)?.Dispose();
        _journal?.Dispose();
        Pool.Dispose();
        Ledger.Dispose();
        Fork?.Dispose();
        _resources.Dispose();
        await Printer.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Runs what stands between the fork block and the place in its successor that was named.</summary>
    private async Task ReplayAsync(CancellationToken cancellation)
    {
        if (Fork is not { } fork || Ledger.Head.Number > Ledger.GenesisBlock.Number)
        {
            return;
        }

        if (fork.Options.BaseFee is { } baseFee)
        {
            Producer.AmendNext(next => next with { BaseFeePerGas = baseFee });
        }

        if (fork.Replayed is not { } replay)
        {
            return;
        }

        Production built = await Producer.ProduceAsync(
            new ProduceRequest
            {
                Transactions = replay.Transactions,
                Block = new NextBlock
                {
                    Timestamp = replay.Header.Timestamp,
                    Beneficiary = replay.Header.Beneficiary,
                    GasLimit = replay.Header.GasLimit,
                    BaseFeePerGas = replay.Header.BaseFeePerGas,
                    PrevRandao = replay.Header.MixHash,
                    ParentBeaconBlockRoot = replay.Header.ParentBeaconBlockRoot,
                },
            },
            cancellation).ConfigureAwait(false);
        if (!built.Verdict.IsValid)
        {
            throw new ForkException($"the transactions before the fork cannot be run: {built.Verdict.Detail}");
        }
    }

    private RpcParts PartsOf(DevelopmentOptions options, FeeOracle fees)
    {
        BlockLookup blocks = new(Ledger, new ProducerPending(Ledger, Pool, Producer))
        {
            SafeDepth = options.SlotsInAnEpoch,
            FinalizedDepth = 2 * options.SlotsInAnEpoch,
            Missing = options.Manner == Manner.Hardhat ? HardhatErrors.OfBlock : null,
        };
        RpcLimits limits = options.Limits with
        {
            // A call may do what a block may.
            CallGasMax = Math.Max(options.Limits.CallGasMax, options.GasLimit),

            // The time of a call counts that of the remote, whose own deadline is longer.
            CallTimeMax = options.Limits.CallTimeMax + (Fork?.Options.Remote.Timeout ?? TimeSpan.Zero),
        };
        CallRunner calls = new(blocks, limits, Fork?.Fetcher)
        {
            Observer = new CallConsole(Printer),
            IsLenient = options.Manner == Manner.Hardhat,
            EstimatedOn = BlockReference.Tagged(BlockTag.Pending),
        };
        return new RpcParts
        {
            Ledger = Ledger,
            Pool = Pool,
            Wallet = Wallet,
            Entry = Fork is not null && options.Manner == Manner.Hardhat ? new ForkedEntry(_entry, calls) : _entry,
            Blocks = blocks,
            Calls = calls,
            Traces = new TraceRunner(calls) { IsPlain = options.Manner == Manner.Hardhat },
            Fees = fees,
            ClientVersion = options.ClientVersion ?? ClientVersions.Of(options.Manner),
            Limits = limits,
            ShowsTotalDifficulty = options.ShowsTotalDifficulty || options.Manner == Manner.Hardhat,
            Clock = _time,
            Feed = _feed,
            Filters = _filters,
            IsLogsLenient = options.Manner == Manner.Hardhat,
            Beneficiary = () => Producer.Settings.Beneficiary,
        };
    }
}
