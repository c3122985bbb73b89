using Koinon.Evm;
using Koinon.Evm.Frames;
using Koinon.Evm.Tracing;
using Koinon.Rpc.Json;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Ots;

/// <summary>What happened inside a transaction to wei and contracts: transfers, creations, self-destructions.</summary>
/// <param name="target">The run.</param>
internal sealed class OtsOperationTracer(TraceTarget target) : CallTreeTracer(target)
{
    private const int Transfer = 0;
    private const int SelfDestruct = 1;
    private const int Create = 2;
    private const int Create2 = 3;

    /// <summary>Chooses it.</summary>
    public static TracerChoice Choice { get; } = new("", static target => new OtsOperationTracer(target));

    /// <inheritdoc/>
    public override void Write(TransactionOutcome outcome)
    {
        Json.WriteStartArray();
        foreach (FlatTrace item in FlatTrace.ListOf(Root, Target.Fork, includePrecompiles: true))
        {
            if (item.Address.Length > 0 && TypeOf(item.Trace) is { } type)
            {
                Json.WriteStartObject();
                Json.WriteNumber("type"u8, type);
                Json.WriteAddress("from"u8, item.Trace.From);
                Json.WriteAddress("to"u8, item.Trace.To);
                Json.WriteQuantity("value"u8, item.Trace.Value);
                Json.WriteEndObject();
                Target.Stream.FlushWhenFull();
            }
        }

        Json.WriteEndArray();
    }

    private static int? TypeOf(CallTrace trace) => trace.IsSelfDestruct ? SelfDestruct : trace.Kind switch
    {
        FrameKind.Create => Create,
        FrameKind.Create2 => Create2,
        FrameKind.Call when !trace.Value.IsZero => Transfer,
        _ => null,
    };
}
