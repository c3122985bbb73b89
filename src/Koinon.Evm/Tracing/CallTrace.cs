using Koinon.Evm.Frames;
using Koinon.Primitives;

namespace Koinon.Evm.Tracing;

/// <summary>A frame as the call tracer remembers it, with the frames that it made.</summary>
public sealed class CallTrace
{
    /// <summary>How the frame came to be.</summary>
    public required FrameKind Kind { get; init; }

    /// <summary>Whether this is no frame but a SELFDESTRUCT, whose beneficiary is <see cref="To"/>.</summary>
    public bool IsSelfDestruct { get; init; }

    /// <summary>Who called.</summary>
    public required Address From { get; init; }

    /// <summary>Who was called or made.</summary>
    public required Address To { get; init; }

    /// <summary>Wei sent.</summary>
    public UInt256 Value { get; init; }

    /// <summary>Gas given.</summary>
    public long Gas { get; init; }

    /// <summary>Gas used, that of the frames below included.</summary>
    public long GasUsed { get; internal set; }

    /// <summary>The call's data or the initialisation code.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>What was returned, deployed, or given as a revert's reason.</summary>
    public ReadOnlyMemory<byte> Output { get; internal set; }

    /// <summary>How it ended.</summary>
    public HaltReason Halt { get; internal set; }

    /// <summary>How it failed, in geth's words; empty where it ended in order.</summary>
    public string Error { get; internal set; } = "";

    /// <summary>The frames that this one made, in order.</summary>
    public List<CallTrace> Calls { get; } = [];

    /// <summary>Its logs; none where the frame failed.</summary>
    public List<LogTrace> Logs { get; } = [];

    /// <summary>Whether it makes a contract.</summary>
    public bool IsCreation => Kind is FrameKind.Create or FrameKind.Create2;

    /// <summary>1 for the transaction's own frame.</summary>
    internal int Depth { get; init; }

    /// <summary>Forgets the logs of a frame that failed and of all below it.</summary>
    internal void ClearLogs()
    {
        // Frames are at most 1,024 deep, yet a list serves better than recursion.
        var open = new Stack<CallTrace>([this]);
        while (open.TryPop(out CallTrace? trace))
        {
            trace.Logs.Clear();
            trace.Calls.ForEach(open.Push);
        }
    }
}
