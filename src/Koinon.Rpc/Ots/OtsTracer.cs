using Koinon.Evm;
using Koinon.Evm.Frames;
using Koinon.Evm.Tracing;
using Koinon.Rpc.Json;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Ots;

/// <summary>The calls of a transaction as Otterscan shows them: each with its depth.</summary>
/// <param name="target">The run.</param>
internal sealed class OtsTracer(TraceTarget target) : CallTreeTracer(target)
{
    /// <summary>Chooses it.</summary>
    public static TracerChoice Choice { get; } = new("", static target => new OtsTracer(target));

    /// <inheritdoc/>
    public override void Write(TransactionOutcome outcome)
    {
        Json.WriteStartArray();
        foreach (FlatTrace item in FlatTrace.ListOf(Root, Target.Fork, includePrecompiles: true))
        {
            CallTrace trace = item.Trace;
            bool sendsNothing = trace.Kind is FrameKind.StaticCall or FrameKind.DelegateCall;
            Json.WriteStartObject();
            Json.WriteString("type"u8, CallFrameWriter.TypeOf(trace));
            Json.WriteNumber("depth"u8, item.Address.Length);
            Json.WriteAddress("from"u8, trace.From);
            Json.WriteAddress("to"u8, trace.To);
            if (sendsNothing)
            {
                Json.WriteNull("value"u8);
            }
            else
            {
                Json.WriteQuantity("value"u8, trace.Value);
            }

            Json.WriteData("input"u8, trace.Input.Span);
            Json.WriteData("output"u8, trace.Output.Span);
            Json.WriteEndObject();
            Target.Stream.FlushWhenFull();
        }

        Json.WriteEndArray();
    }
}
