namespace Koinon.Rpc.Requests;

/// <summary>How a caller wants a run to be traced.</summary>
public sealed record TraceRequest
{
    /// <summary>The tracer's name; none means geth's struct logger.</summary>
    public string? Tracer { get; init; }

    /// <summary>Of <c>callTracer</c>: whether frames below the first are left out.</summary>
    public bool OnlyTopCall { get; init; }

    /// <summary>Of <c>callTracer</c>: whether logs are shown.</summary>
    public bool WithLog { get; init; }
}
