using Koinon.Evm;
using Koinon.Evm.Frames;
using Koinon.Evm.Instructions;
using Koinon.Evm.Tracing;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Tracing;

/// <summary>How often each opcode ran in a transaction, and what it cost (reth's form).</summary>
/// <param name="target">The run.</param>
internal sealed class OpcodeGasTracer(TraceTarget target) : TransactionTracer(target)
{
    private readonly OpcodeUse _use = new();
    private int _depth;

    /// <summary>Chooses it.</summary>
    public static TracerChoice Choice { get; } = new("", static target => new OpcodeGasTracer(target));

    /// <inheritdoc/>
    public override bool TracesSteps => true;

    /// <inheritdoc/>
    public override void OnStep(in Step step) => _use.Begin(step);

    /// <inheritdoc/>
    public override void OnStepEnd(long gasLeft, HaltReason halt) => _use.End(gasLeft, halt);

    /// <inheritdoc/>
    public override void OnFrameStart(in FrameStart start)
    {
        // What a call hands on is in its cost; the stipend comes from nowhere, and creations hand on what is not.
        if (_depth++ > 0 && start.Kind is not (FrameKind.Create or FrameKind.Create2))
        {
            bool hasStipend = start.Kind is FrameKind.Call or FrameKind.CallCode && !start.Value.IsZero;
            _use.HandOn(start.Gas - (hasStipend ? Target.Fork.Gas.CallStipend : 0));
        }
    }

    /// <inheritdoc/>
    public override void OnFrameEnd(in FrameEnd end) => _depth--;

    /// <inheritdoc/>
    public override void Write(TransactionOutcome outcome)
    {
        Json.WriteStartObject();
        if (Target.Place is { } place)
        {
            Json.WriteHash("transactionHash"u8, place.TransactionHash);
        }

        Json.WriteStartArray("opcodeGas"u8);
        foreach ((Opcode opcode, long count, long gas) in _use.Rows())
        {
            Json.WriteStartObject();
            Json.WriteString("opcode"u8, OpcodeTable.NameOf(opcode));
            Json.WriteNumber("count"u8, count);
            Json.WriteNumber("gasUsed"u8, gas);
            Json.WriteEndObject();
        }

        Json.WriteEndArray();
        Json.WriteEndObject();
    }
}
