using System.Buffers;
using Koinon.Evm;
using Koinon.Evm.Tracing;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Tracing;

/// <summary>The lines of EIP-3155 as an array, the summary last; written while the code runs.</summary>
/// <param name="target">The run.</param>
/// <param name="withMemory">Whether each line holds the frame's memory.</param>
internal sealed class Eip3155StepTracer(TraceTarget target, bool withMemory) : TransactionTracer(target)
{
    private readonly ArrayBufferWriter<byte> _line = new();
    private Eip3155Tracer _tracer;

    /// <inheritdoc/>
    public override bool TracesSteps => true;

    /// <inheritdoc/>
    public override void Begin()
    {
        _tracer = new Eip3155Tracer(_line, withMemory);
        Json.WriteStartArray();
    }

    /// <inheritdoc/>
    public override void OnStep(in Step step)
    {
        Target.Clock.Token.ThrowIfCancellationRequested();
        _tracer.OnStep(step);
    }

    /// <inheritdoc/>
    public override void OnStepEnd(long gasLeft, HaltReason halt)
    {
        _line.ResetWrittenCount();
        _tracer.OnStepEnd(gasLeft, halt);
        Json.WriteRawValue(_line.WrittenSpan.TrimEnd((byte)'\n'), skipInputValidation: true);
        Target.FlushDuringRun();
    }

    /// <inheritdoc/>
    public override void Write(TransactionOutcome outcome)
    {
        Json.WriteStartObject();
        Json.WriteData("output"u8, outcome.ReturnData.Span);
        Json.WriteQuantity("gasUsed"u8, outcome.GasUsed);
        Json.WriteBoolean("pass"u8, outcome.Succeeded);
        if (!outcome.Succeeded)
        {
            Json.WriteString("error"u8, outcome.HaltText);
        }

        Json.WriteEndObject();
        Json.WriteEndArray();
    }
}
