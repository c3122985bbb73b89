using Koinon.Evm;
using Koinon.Evm.Tracing;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Tracing;

/// <summary>Geth's <c>muxTracer</c>: several tracers in one run.</summary>
/// <param name="target">The run.</param>
/// <param name="choices">The tracers; none of them writes during the run.</param>
internal sealed class MuxTracer(TraceTarget target, IReadOnlyList<TracerChoice> choices) : TransactionTracer(target)
{
    private readonly TransactionTracer[] _tracers = [.. choices.Select(choice => choice.Make(target))];

    /// <inheritdoc/>
    public override bool TracesSteps => _tracers.Any(static tracer => tracer.TracesSteps);

    /// <inheritdoc/>
    public override RpcError? Refusal => _tracers.Select(static tracer => tracer.Refusal)
        .FirstOrDefault(static refusal => refusal is not null);

    /// <inheritdoc/>
    public override void OnStep(in Step step)
    {
        foreach (TransactionTracer tracer in _tracers)
        {
            tracer.OnStep(step);
        }
    }

    /// <inheritdoc/>
    public override void OnStepEnd(long gasLeft, HaltReason halt)
    {
        foreach (TransactionTracer tracer in _tracers)
        {
            tracer.OnStepEnd(gasLeft, halt);
        }
    }

    /// <inheritdoc/>
    public override void OnFrameStart(in FrameStart start)
    {
        foreach (TransactionTracer tracer in _tracers)
        {
            tracer.OnFrameStart(start);
        }
    }

    /// <inheritdoc/>
    public override void OnFrameEnd(in FrameEnd end)
    {
        foreach (TransactionTracer tracer in _tracers)
        {
            tracer.OnFrameEnd(end);
        }
    }

    /// <inheritdoc/>
    public override void OnLog(in Address address, ReadOnlySpan<Hash256> topics, ReadOnlySpan<byte> data)
    {
        foreach (TransactionTracer tracer in _tracers)
        {
            tracer.OnLog(address, topics, data);
        }
    }

    /// <inheritdoc/>
    public override void OnSelfDestruct(in Address contract, in Address beneficiary, in UInt256 balance)
    {
        foreach (TransactionTracer tracer in _tracers)
        {
            tracer.OnSelfDestruct(contract, beneficiary, balance);
        }
    }

    /// <inheritdoc/>
    public override void Write(TransactionOutcome outcome)
    {
        Json.WriteStartObject();
        for (int i = 0; i < _tracers.Length; i++)
        {
            Json.WritePropertyName(choices[i].Name);
            _tracers[i].Write(outcome);
        }

        Json.WriteEndObject();
    }
}
