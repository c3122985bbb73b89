using Koinon.Chain;
using Koinon.Chain.Ledger;
using Koinon.Evm;
using Koinon.Evm.Tracing;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;

namespace Koinon.Rpc.Tracing;

/// <summary>A block that is run again, transaction by transaction, on its parent's state.</summary>
/// <remarks>
/// The one place where the chain's transactions run a second time: system calls and irregular changes come first, as
/// they came then, and edits of a development chain stand in the parent's state. One owner, one thread; what it
/// computes goes with it.
/// </remarks>
internal sealed class BlockReplay
{
    private readonly ReplaySource _source;
    private readonly BlockExecution _execution;
    private int _logs;

    /// <summary>Begins a block.</summary>
    /// <param name="ledger">The chain.</param>
    /// <param name="source">The block.</param>
    public BlockReplay(Ledger ledger, ReplaySource source)
    {
        _source = source;
        _execution = new BlockExecution(
            ledger.Executor.Transactions,
            ledger.Genesis.Network,
            source.Rules,
            HeaderDraft.Of(source.Block.Header),
            source.Author,
            source.ParentState,
            new Ancestry(ledger, source.Parent))
        {
            IsReplay = true,
        };
    }

    /// <summary>The next transaction's number.</summary>
    public int Next { get; private set; }

    /// <summary>The state as it stands; valid until the next transaction.</summary>
    public IStateView State => _execution.State;

    /// <summary>The block as it stands.</summary>
    public BlockExecution Execution => _execution;

    /// <summary>Where the next transaction stands.</summary>
    public TracePlace Place =>
        new(_source.Hash, _source.Number, _source.Block.Transactions[Next].Hash, Next);

    /// <summary>Runs transactions as they ran.</summary>
    /// <param name="index">The number of the first that is not run.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <returns>Why one could not be run, or <see langword="null"/>.</returns>
    public RpcError? SkipTo(int index, CancellationToken cancellation)
    {
        while (Next < index)
        {
            NoTracer tracer = default;
            TransactionOutcome outcome = _execution.Run(_source.Block.Transactions[Next], ref tracer, cancellation);
            cancellation.ThrowIfCancellationRequested();
            if (ErrorOf(outcome) is { } error)
            {
                return error;
            }

            Include(outcome);
        }

        return null;
    }

    /// <summary>Describes the next transaction as something to be traced.</summary>
    public TraceTarget Target(RpcValueStream stream, TraceClock clock, bool isPlain)
    {
        Transaction transaction = _source.Block.Transactions[Next];
        transaction.TryGetSender(out Address sender);
        return new TraceTarget
        {
            Fork = _source.Rules.Fork,
            State = _execution.State,
            Environment = _execution.Environment,
            Transaction = transaction,
            Sender = sender,
            Place = Place,
            FirstLog = _logs,
            Stream = stream,
            Clock = clock,
            IsPlain = isPlain,
        };
    }

    /// <summary>Runs the next transaction while somebody listens, and leaves the block where it is.</summary>
    public TransactionOutcome Run(TraceListener listener, CancellationToken cancellation)
    {
        Transaction transaction = _source.Block.Transactions[Next];
        if (listener.TracesSteps)
        {
            StepTracer steps = new(listener);
            return _execution.Run(transaction, ref steps, cancellation);
        }

        FrameTracer frames = new(listener);
        return _execution.Run(transaction, ref frames, cancellation);
    }

    /// <summary>Goes on to the transaction after the one that was run.</summary>
    public void Include(TransactionOutcome outcome)
    {
        _execution.Include(_source.Block.Transactions[Next], outcome);
        _logs += outcome.Logs.Count;
        Next++;
    }

    /// <summary>Why a transaction of the chain did not run again, or <see langword="null"/>.</summary>
    public RpcError? ErrorOf(TransactionOutcome outcome)
    {
        if (outcome.Error == TransactionError.None)
        {
            return null;
        }

        Hash256 hash = _source.Block.Transactions[Next].Hash;
        RpcError error = outcome.Error == TransactionError.StateUnavailable
            ? RpcError.Server($"missing state: that of block {_source.Parent.Number} is no longer kept")
            : TransactionTexts.ErrorOf(outcome.Error, outcome.Detail);
        return RpcError.Server($"transaction {hash} failed: {error.Message}");
    }
}
