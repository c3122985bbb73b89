namespace Koinon.Rpc.Tracing;

/// <summary>Chooses the tracer of the replays of the <c>trace_</c> methods.</summary>
internal static class ReplayChoice
{
    /// <summary>The tracer for some types.</summary>
    public static TracerChoice Of(TraceTypes types, bool namesTransaction) => new(
        "",
        target => new ReplayTracer(target, types, namesTransaction),
        IsStreamed: types.HasFlag(TraceTypes.VmTrace));
}
