using System.Diagnostics.CodeAnalysis;
using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Evm;
using Koinon.Evm.Forks;
using Koinon.Evm.Tracing;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Tracing;

/// <summary>Runs what is to be traced: bounded in number and time, and ended when the caller leaves.</summary>
/// <param name="calls">Runs calls.</param>
/// <param name="limits">The bounds; the defaults where they are left out.</param>
/// <param name="time">Tells the time; the system's where it is left out.</param>
/// <remarks>Safe from any thread. Nothing is kept between traces.</remarks>
public sealed class TraceRunner(CallRunner calls, TraceLimits? limits = null, TimeProvider? time = null) : IDisposable
{
    private readonly TraceLimits _limits = limits ?? new TraceLimits();
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly SemaphoreSlim _gate = new((limits ?? new TraceLimits()).ConcurrentMax);
    private int _open;

    private static ExecutionLimits Question => ExecutionLimits.None with { IsSimulation = true };

    /// <summary>The bounds.</summary>
    public TraceLimits Limits => _limits;

    /// <summary>Whether the struct logger shows steps as Hardhat does.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Finds blocks.</summary>
    public BlockLookup Blocks => calls.Blocks;

    /// <summary>Runs calls.</summary>
    public CallRunner Calls => calls;

    /// <summary>The chain.</summary>
    public Ledger Ledger => calls.Blocks.Ledger;

    /// <summary>Frees the gate.</summary>
    public void Dispose() => _gate.Dispose();

    /// <summary>Finds what is needed for running a block of the chain again.</summary>
    internal RpcResult<ReplaySource> SourceOf(LedgerBlock block)
    {
        if (block.Number == Ledger.GenesisBlock.Number)
        {
            return RpcError.Server("genesis is not traceable");
        }

        if (!Ledger.TryGet(block.Header.ParentHash, out LedgerBlock? parent))
        {
            return RpcError.Server($"parent {block.Header.ParentHash} not found");
        }

        return parent.State is { } state
            ? new ReplaySource(block.Block, block.Hash, block.Sealed.Author, block.Rules, parent, state)
            : Pruned(parent);
    }

    /// <summary>Finds what is needed for running a block that need not be of the chain.</summary>
    internal RpcResult<ReplaySource> SourceOf(Block block)
    {
        if (!Ledger.TryGet(block.Header.ParentHash, out LedgerBlock? parent))
        {
            return RpcError.Server($"parent {block.Header.ParentHash} not found");
        }

        if (parent.State is not { } state)
        {
            return Pruned(parent);
        }

        ActiveRules rules = Ledger.Schedule.At(
            block.Header.Number, block.Header.Timestamp, parent.TotalDifficulty);
        return new ReplaySource(
            block,
            Ledger.Consensus.HashOf(block.Header),
            Ledger.Consensus.AuthorOf(block.Header),
            rules,
            parent,
            state);
    }

    /// <summary>
    /// Fetches what a replay will ask for, where the state of a forked remote chain is not here yet: afterwards all of
    /// it is.
    /// </summary>
    /// <param name="source">The block.</param>
    /// <param name="count">How many of its transactions will run.</param>
    /// <param name="cancellation">Ends the wait.</param>
    internal async ValueTask<RpcError?> FetchAsync(
        ReplaySource source, int count, CancellationToken cancellation)
    {
        if (calls.Reader.IsLocal)
        {
            return null;
        }

        BlockReplay replay = new(Ledger, source);
        while (replay.Execution.MissingKeys is { Count: > 0 } missing)
        {
            RpcError? refusal = await calls.Reader.FetchAsync(source.ParentState, missing, cancellation)
                .ConfigureAwait(false);
            if (refusal is not null)
            {
                return refusal;
            }

            replay = new BlockReplay(Ledger, source);
        }

        while (replay.Next < count)
        {
            TransactionOutcome outcome = replay.Run(SilentListener.Instance, cancellation);
            RpcError? error = outcome.Error == TransactionError.StateUnavailable
                ? await calls.Reader.FetchAsync(source.ParentState, outcome.MissingKeys, cancellation)
                    .ConfigureAwait(false)
                : replay.ErrorOf(outcome);
            if (error is not null)
            {
                return error;
            }

            if (outcome.Error == TransactionError.None)
            {
                replay.Include(outcome);
            }
        }

        return null;
    }

    /// <summary>The state inside a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="index">The transaction before which the state is wanted.</param>
    /// <param name="cancellation">Ends the run.</param>
    internal ValueTask<RpcResult<IStateView>> StateBeforeAsync(
        LedgerBlock block, ulong index, CancellationToken cancellation) =>
        index < (ulong)block.Block.Transactions.Count || index == 0
            ? StateAsync(block, (int)index, cancellation)
            : new(OutOfRange(block, index));

    /// <summary>The state inside a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="index">The transaction after which the state is wanted.</param>
    /// <param name="cancellation">Ends the run.</param>
    internal ValueTask<RpcResult<IStateView>> StateAfterAsync(
        LedgerBlock block, ulong index, CancellationToken cancellation) =>
        index < (ulong)block.Block.Transactions.Count
            ? StateAsync(block, (int)index + 1, cancellation)
            : new(OutOfRange(block, index));

    /// <summary>Waits for its turn, then writes a result.</summary>
    /// <param name="body">Writes it.</param>
    internal RpcStreamBody InTurn(RpcStreamBody body) => stream =>
    {
        if (!TryEnter(stream.Cancellation, out RpcError? error))
        {
            return error;
        }

        try
        {
            return body(stream);
        }
        finally
        {
            Leave();
        }
    };

    /// <summary>Runs the next transaction of a block with a tracer and writes what it heard.</summary>
    /// <param name="replay">The block.</param>
    /// <param name="choice">The tracer.</param>
    /// <param name="timeout">The time it may take; that of the limits where none is named.</param>
    /// <param name="stream">Where the result goes.</param>
    /// <param name="begin">Called before anything is written; not at all where nothing is.</param>
    /// <returns>Why there is no result, or <see langword="null"/>.</returns>
    internal RpcError? TraceNext(
        BlockReplay replay, TracerChoice choice, TimeSpan? timeout, RpcValueStream stream, Action? begin = null)
    {
        using TraceClock clock = StartClock(choice, timeout, stream.Cancellation);
        TransactionTracer tracer = choice.Make(replay.Target(stream, clock, IsPlain));
        if (choice.IsStreamed)
        {
            begin?.Invoke();
        }

        tracer.Begin();
        if (!TryRun(clock, () => replay.Run(tracer, clock.Token), out TransactionOutcome? outcome, out RpcError? error))
        {
            return error;
        }

        error = replay.ErrorOf(outcome) ?? tracer.Refusal;
        if (error is not null)
        {
            return error;
        }

        if (!choice.IsStreamed)
        {
            begin?.Invoke();
        }

        tracer.Write(outcome);
        replay.Include(outcome);
        return null;
    }

    /// <summary>Fetches what a call will ask for, as is done for a block.</summary>
    internal async ValueTask<RpcError?> FetchAsync(
        CallContext context, CallRequest call, CancellationToken cancellation)
    {
        if (calls.Reader.IsLocal)
        {
            return null;
        }

        RpcResult<(TransactionOutcome, NoTracer)> run = await calls.TraceAsync(
            context, call, calls.GasOf(call), static () => default(NoTracer), cancellation).ConfigureAwait(false);
        return run.Error;
    }

    /// <summary>Fetches what a transaction will ask for that runs as a question.</summary>
    internal async ValueTask<RpcError?> FetchAsync(
        CallContext context, Transaction transaction, Address sender, CancellationToken cancellation)
    {
        while (!calls.Reader.IsLocal)
        {
            TransactionOutcome outcome = Ledger.Executor.Transactions.Execute(
                context.Fork, context.Environment, context.State, transaction, sender, Question, cancellation);
            if (outcome.Error != TransactionError.StateUnavailable)
            {
                return null;
            }

            RpcError? error = await calls.Reader.FetchAsync(context.Kept, outcome.MissingKeys, cancellation)
                .ConfigureAwait(false);
            if (error is not null)
            {
                return error;
            }
        }

        return null;
    }

    /// <summary>Runs a call with a tracer and writes what it heard.</summary>
    /// <param name="context">What it runs in.</param>
    /// <param name="call">The call.</param>
    /// <param name="choice">The tracer.</param>
    /// <param name="timeout">The time it may take; that of the limits where none is named.</param>
    /// <param name="stream">Where the result goes.</param>
    /// <param name="include">Takes what came of the run, after its result was written.</param>
    /// <returns>Why there is no result, or <see langword="null"/>.</returns>
    internal RpcError? TraceCall(
        CallContext context,
        CallRequest call,
        TracerChoice choice,
        TimeSpan? timeout,
        RpcValueStream stream,
        Action<TransactionOutcome>? include = null)
    {
        Transaction transaction = CallTransaction.Of(
            call, context.Fork, calls.ChainId, nonce: 0, calls.GasOf(call));
        return Trace(
            context.Fork,
            context.State,
            context.EnvironmentOf(call),
            transaction,
            call.From ?? Address.Zero,
            new TraceOrder(choice, timeout, stream, include));
    }

    /// <summary>Runs a transaction as a question with a tracer and writes what it heard.</summary>
    internal RpcError? TraceCall(
        CallContext context,
        Transaction transaction,
        in Address sender,
        TracerChoice choice,
        TimeSpan? timeout,
        RpcValueStream stream) =>
        Trace(
            context.Fork,
            context.State,
            context.Environment,
            transaction,
            sender,
            new TraceOrder(choice, timeout, stream, Include: null));

    /// <summary>Starts the clock of a run.</summary>
    internal TraceClock StartClock(TracerChoice choice, TimeSpan? timeout, CancellationToken caller)
    {
        TimeSpan limit = timeout ?? (choice.IsStreamed ? _limits.StreamedTime : _limits.Time);
        return new TraceClock(limit < _limits.TimeMax ? limit : _limits.TimeMax, _time, _gate, caller);
    }

    /// <summary>Runs something to its end, or to the end of its time.</summary>
    internal static bool TryRun(
        TraceClock clock,
        Func<TransactionOutcome> run,
        [NotNullWhen(true)] out TransactionOutcome? outcome,
        [NotNullWhen(false)] out RpcError? error)
    {
        outcome = null;
        error = null;
        try
        {
            outcome = run();
        }
        catch (OperationCanceledException) when (clock.Token.IsCancellationRequested)
        {
            // The listener ended the run: it looks at the clock more often than the machine does.
        }

        if (outcome is null || outcome.Halt == HaltReason.Cancelled)
        {
            outcome = null;
            error = clock.Error();
            return false;
        }

        return true;
    }

    private RpcError? Trace(
        Fork fork,
        IStateView state,
        BlockEnvironment environment,
        Transaction transaction,
        in Address sender,
        in TraceOrder order)
    {
        using TraceClock clock = StartClock(order.Choice, order.Timeout, order.Stream.Cancellation);
        TraceTarget target = new()
        {
            Fork = fork,
            State = state,
            Environment = environment,
            Transaction = transaction,
            Sender = sender,
            Stream = order.Stream,
            Clock = clock,
            IsPlain = IsPlain,
        };
        TransactionTracer tracer = order.Choice.Make(target);
        tracer.Begin();
        if (!TryRun(clock, () => Run(target, tracer), out TransactionOutcome? outcome, out RpcError? error))
        {
            return error;
        }

        if (outcome.Error != TransactionError.None || tracer.Refusal is not null)
        {
            return tracer.Refusal ?? TransactionTexts.ErrorOf(outcome.Error, outcome.Detail);
        }

        tracer.Write(outcome);
        order.Include?.Invoke(outcome);
        return null;
    }

    private TransactionOutcome Run(TraceTarget target, TransactionTracer tracer)
    {
        TransactionExecutor executor = Ledger.Executor.Transactions;
        if (tracer.TracesSteps)
        {
            StepTracer steps = new(tracer);
            return executor.Execute(
                target.Fork, target.Environment, target.State, target.Transaction, target.Sender, Question, ref steps,
                target.Clock.Token);
        }

        FrameTracer frames = new(tracer);
        return executor.Execute(
            target.Fork, target.Environment, target.State, target.Transaction, target.Sender, Question, ref frames,
            target.Clock.Token);
    }

    private static RpcError OutOfRange(LedgerBlock block, ulong index) => RpcError.Server(
        $"transaction index {index} out of range: block {block.Hash} has {block.Block.Transactions.Count}");

    private async ValueTask<RpcResult<IStateView>> StateAsync(
        LedgerBlock block, int count, CancellationToken cancellation)
    {
        RpcResult<ReplaySource> source = SourceOf(block);
        RpcError? error = source.Error
            ?? await FetchAsync(source.Value!, count, cancellation).ConfigureAwait(false);
        if (error is not null)
        {
            return error;
        }

        BlockReplay replay = new(Ledger, source.Value!);
        error = replay.SkipTo(count, cancellation);
        return error is null ? new RpcResult<IStateView>(replay.State) : error;
    }

    private static RpcError Pruned(LedgerBlock parent) =>
        RpcError.Server($"missing state: that of block {parent.Number} is no longer kept");

    // The thread is the stream's own: it may wait.
    private bool TryEnter(CancellationToken cancellation, [NotNullWhen(false)] out RpcError? error)
    {
        error = null;
        if (Interlocked.Increment(ref _open) > _limits.ConcurrentMax + _limits.WaitingMax)
        {
            Interlocked.Decrement(ref _open);
            error = new RpcError(
                RpcErrorCode.LimitExceeded,
                $"too many traces at once: {_limits.ConcurrentMax} run and {_limits.WaitingMax} wait");
            return false;
        }

        try
        {
            _gate.Wait(cancellation);
            return true;
        }
        catch (OperationCanceledException)
        {
            Interlocked.Decrement(ref _open);
            throw;
        }
    }

    private void Leave()
    {
        _gate.Release();
        Interlocked.Decrement(ref _open);
    }

    /// <summary>What is done with a run.</summary>
    private readonly record struct TraceOrder(
        TracerChoice Choice, TimeSpan? Timeout, RpcValueStream Stream, Action<TransactionOutcome>? Include);
}
