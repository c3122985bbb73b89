using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Node.Forking;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Development.Life;
using Koinon.Rpc.Dispatch;

namespace Koinon.Node.Development;

/// <summary>Begins a development chain anew, has it go back, and go another way.</summary>
internal sealed class DevelopmentLife : IDevelopmentLife
{
    private readonly Ledger _ledger;
    private readonly TransactionPool _pool;
    private readonly BlockProducer _producer;
    private readonly ChainSnapshots _snapshots;
    private readonly DevelopmentClock _clock;
    private readonly Impersonation _impersonation;
    private readonly ProducerSettings _settings;
    private readonly MiningMode _mode;
    private volatile StrongInstance _instance = StrongInstance.New();

    internal DevelopmentLife(
        Ledger ledger,
        TransactionPool pool,
        BlockProducer producer,
        ChainSnapshots snapshots,
        DevelopmentClock clock,
        Impersonation impersonation)
    {
        _ledger = ledger;
        _pool = pool;
        _producer = producer;
        _snapshots = snapshots;
        _clock = clock;
        _impersonation = impersonation;
        _settings = producer.Settings;
        _mode = producer.Mode;
    }

    /// <inheritdoc/>
    public Hash256 Instance => _instance.Name;

    /// <summary>The remote half; <see langword="null"/> where the chain is its own.</summary>
    internal ForkedChain? Fork { get; init; }

    /// <summary>The fork that the node was started with.</summary>
    internal ForkOptions? FirstFork { get; set; }

    /// <summary>Whether the chain began with a state that was loaded while another one ran: a reset gives it up.
    /// </summary>
    internal bool IsLoaded { get; set; }

    /// <summary>Puts another chain in the place of this one, a fork of another block or of none.</summary>
    internal Func<ForkOptions?, CancellationToken, ValueTask<RpcError?>>? Restart { get; set; }

    /// <inheritdoc/>
    public async ValueTask<RpcError?> ResetAsync(ResetRequest request, CancellationToken cancellation)
    {
        RpcResult<ForkOptions?> wanted = ForkChange.Of(Fork, FirstFork, request);
        if (wanted.Error is { } error)
        {
            return error;
        }

        // The same fork block, or none at all as before, needs nothing new.
        return ReferenceEquals(wanted.Value, Fork?.Options) && !IsLoaded
            ? await _producer.ExclusiveAsync(Reset, cancellation).ConfigureAwait(false)
            : Restart is { } restart
                ? await restart(wanted.Value, cancellation).ConfigureAwait(false)
                : RpcError.Server("this chain cannot become another fork");
    }

    /// <inheritdoc/>
    public ValueTask<RpcError?> RollBackAsync(ulong depth, CancellationToken cancellation) =>
        _producer.ExclusiveAsync(() => RollBack(depth), cancellation);

    /// <inheritdoc/>
    public async ValueTask<RpcError?> ReorganizeAsync(
        ulong depth, ILookup<ulong, Transaction> transactions, CancellationToken cancellation)
    {
        RpcError? error = await RollBackAsync(depth, cancellation).ConfigureAwait(false);
        for (ulong place = 0; error is null && place < depth; place++)
        {
            ProduceRequest request = new() { Transactions = [.. transactions[place]] };
            Production built = await _producer.ProduceAsync(request, cancellation).ConfigureAwait(false);
            error = built.Verdict.IsValid
                ? null
                : RpcError.Server($"block {place} of the reorganisation could not be built: {built.Verdict.Detail}");
        }

        return error;
    }

    private RpcError? Reset()
    {
        // The genesis with no edit of its state: whatever was done to it goes too.
        LedgerBlock genesis = _ledger.GenesisBlock;
        if (!_ledger.Revert(new LedgerMark(genesis.Number, genesis.Hash, 0)))
        {
            return RpcError.Server(
                $"the states below block {_ledger.OldestStateKept} are pruned: start the chain anew instead");
        }

        _pool.Clear();
        _snapshots.Clear();
        _impersonation.Clear();
        _producer.AmendSettings(_ => _settings);
        _producer.AmendNext(static _ => NextBlock.Usual);
        _producer.SetMode(_mode);
        _clock.Reset(genesis);
        _instance = StrongInstance.New();
        return null;
    }

    private RpcError? RollBack(ulong depth)
    {
        LedgerBlock head = _ledger.Head;
        ulong most = head.Number - _ledger.GenesisBlock.Number;
        if (depth > most)
        {
            return RpcError.InvalidParameters(
                $"invalid argument 0: depth {depth}, the chain has {most} blocks above its first");
        }

        ulong number = head.Number - depth;
        if (!_ledger.TryGet(number, out LedgerBlock? target) || !_ledger.Revert(_ledger.MarkOf(target)))
        {
            return RpcError.Server(
                $"the state of block {number} is pruned, the oldest kept is {_ledger.OldestStateKept}");
        }

        _snapshots.ForgetAbove(number);
        _clock.Rewind(target);
        return null;
    }

    private sealed record StrongInstance(Hash256 Name)
    {
        internal static StrongInstance New()
        {
            // A name that no other instance has; nobody's security hangs on it.
            Span<byte> name = stackalloc byte[Hash256.Size];
            Guid.NewGuid().TryWriteBytes(name);
            Guid.NewGuid().TryWriteBytes(name[(Hash256.Size / 2)..]);
            return new StrongInstance(new Hash256(name));
        }
    }
}
