using Koinon.Evm;
using Koinon.Evm.Tracing;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Tracing;

/// <summary>What the replays of the <c>trace_</c> methods show: calls, changes and instructions.</summary>
/// <param name="target">The run.</param>
/// <param name="types">Which of them.</param>
/// <param name="namesTransaction">Whether the transaction's hash is shown.</param>
internal sealed class ReplayTracer(TraceTarget target, TraceTypes types, bool namesTransaction)
    : CallTreeTracer(target)
{
    private readonly VmTraceWriter? _instructions =
        types.HasFlag(TraceTypes.VmTrace) ? new VmTraceWriter(target) : null;

    private long _steps;

    /// <inheritdoc/>
    public override bool TracesSteps => _instructions is not null;

    /// <inheritdoc/>
    public override void Begin()
    {
        Json.WriteStartObject();
        if (namesTransaction && Target.Place is { } place)
        {
            Json.WriteHash("transactionHash"u8, place.TransactionHash);
        }

        Json.WritePropertyName("vmTrace"u8);
    }

    /// <inheritdoc/>
    public override void OnStep(in Step step)
    {
        if ((++_steps & 0xff) == 0)
        {
            Target.Clock.Token.ThrowIfCancellationRequested();
        }

        _instructions?.OnStep(step);
    }

    /// <inheritdoc/>
    public override void OnStepEnd(long gasLeft, HaltReason halt) => _instructions?.OnStepEnd(gasLeft, halt);

    /// <inheritdoc/>
    public override void OnFrameStart(in FrameStart start)
    {
        base.OnFrameStart(start);
        _instructions?.OnFrameStart();
    }

    /// <inheritdoc/>
    public override void OnFrameEnd(in FrameEnd end)
    {
        base.OnFrameEnd(end);
        _instructions?.OnFrameEnd();
    }

    /// <inheritdoc/>
    public override void Write(TransactionOutcome outcome)
    {
        if (_instructions is null)
        {
            Json.WriteNullValue();
        }
        else if (!_instructions.HasBegun)
        {
            _instructions.WriteEmpty();
        }

        bool returns = outcome.Halt is HaltReason.None or HaltReason.Reverted;
        Json.WriteData("output"u8, returns ? outcome.ReturnData.Span : []);
        Json.WritePropertyName("stateDiff"u8);
        if (types.HasFlag(TraceTypes.StateDiff))
        {
            new StateDiffWriter(Target.Stream, Target.State).Write(outcome.Changes);
        }
        else
        {
            Json.WriteNullValue();
        }

        Json.WriteStartArray("trace"u8);
        if (types.HasFlag(TraceTypes.Trace))
        {
            FlatTraceWriter writer = new(Json, isGeth: false, convertsErrors: true);
            foreach (FlatTrace item in FlatTrace.ListOf(Root, Target.Fork))
            {
                writer.Write(item, place: null, (ulong)item.Trace.Gas, (ulong)item.Trace.GasUsed);
                Target.Stream.FlushWhenFull();
            }
        }

        Json.WriteEndArray();
        Json.WriteEndObject();
    }
}
