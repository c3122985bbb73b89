using Koinon.Evm;
using Koinon.Evm.Instructions;
using Koinon.Evm.Tracing;

namespace Koinon.Rpc.Tracing;

/// <summary>Counts the instructions of a run by their opcodes.</summary>
/// <param name="target">The run.</param>
internal sealed class OpcodeCountTracer(TraceTarget target) : TransactionTracer(target)
{
    private readonly OpcodeUse _use = new();

    /// <inheritdoc/>
    public override bool TracesSteps => true;

    /// <inheritdoc/>
    public override void OnStep(in Step step) => _use.Begin(step);

    /// <inheritdoc/>
    public override void OnStepEnd(long gasLeft, HaltReason halt) => _use.End(gasLeft, halt);

    /// <inheritdoc/>
    public override void Write(TransactionOutcome outcome)
    {
        Json.WriteStartObject();
        foreach ((Opcode opcode, long count, _) in _use.Rows())
        {
            Json.WriteNumber(OpcodeTable.NameOf(opcode), count);
        }

        Json.WriteEndObject();
    }
}
