namespace Koinon.Rpc.Tracing;

/// <summary>A tracer with its options, as a request chooses it.</summary>
/// <param name="Name">Its name in requests.</param>
/// <param name="Make">Makes one for a run.</param>
/// <param name="IsStreamed">Whether its value is written during the run.</param>
internal sealed record TracerChoice(string Name, Func<TraceTarget, TransactionTracer> Make, bool IsStreamed = false);
