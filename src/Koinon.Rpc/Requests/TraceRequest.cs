using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Requests;

/// <summary>How a caller wants a run to be traced.</summary>
public sealed record TraceRequest
{
    /// <summary>Geth's struct logger with its defaults: what a request means that says nothing.</summary>
    public static TraceRequest Default { get; } = new();

    /// <summary>The time that the run may take; that of the node where the request names none.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Of <c>debug_traceCall</c>: the transaction of the block before which the call is made; the block's end
    /// where none is named.</summary>
    public ulong? TransactionIndex { get; init; }

    /// <summary>Of <c>debug_traceCall</c>: what accounts are to be like.</summary>
    public IReadOnlyList<StateOverride>? Accounts { get; init; }

    /// <summary>Of <c>debug_traceCall</c>: what the block is to be like.</summary>
    public BlockOverride? Block { get; init; }

    /// <summary>The tracer.</summary>
    internal TracerChoice Tracer { get; init; } = TracerReader.StructLogger(new StructLogOptions());
}
