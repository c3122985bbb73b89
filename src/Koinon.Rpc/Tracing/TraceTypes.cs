namespace Koinon.Rpc.Tracing;

/// <summary>What a replay of the <c>trace_</c> methods shows.</summary>
[Flags]
public enum TraceTypes
{
    /// <summary>What was returned alone.</summary>
    None = 0,

    /// <summary>The list of calls.</summary>
    Trace = 1,

    /// <summary>What changed in the state.</summary>
    StateDiff = 2,

    /// <summary>Each instruction.</summary>
    VmTrace = 4,
}
