using Koinon.Primitives;

namespace Koinon.Evm.Tracing;

/// <summary>What listens to a run through <see cref="FrameTracer"/> or <see cref="StepTracer"/>.</summary>
/// <remarks>
/// The loop is compiled once for each type of tracer, which takes a while; listeners are classes, so that any number of
/// them shares two such types. One object for one run, and for its thread.
/// </remarks>
public abstract class TraceListener
{
    /// <summary>Whether it wants to hear of each instruction, and not only of frames, logs and
    /// self-destructions.</summary>
    public virtual bool TracesSteps => false;

    /// <summary>An instruction is about to run.</summary>
    public virtual void OnStep(in Step step)
    {
    }

    /// <summary>The instruction announced last has run, or halts its frame.</summary>
    /// <param name="gasLeft">Gas left in its frame, before a frame that it made gives gas back; negative by what was
    /// lacking.</param>
    /// <param name="halt">Why it halts its frame; none where it goes on or ends in order.</param>
    public virtual void OnStepEnd(long gasLeft, HaltReason halt)
    {
    }

    /// <summary>A call or creation begins.</summary>
    public virtual void OnFrameStart(in FrameStart start)
    {
    }

    /// <summary>A call or creation ends.</summary>
    public virtual void OnFrameEnd(in FrameEnd end)
    {
    }

    /// <summary>A log was written; it is undone where one of its frames fails.</summary>
    public virtual void OnLog(in Address address, ReadOnlySpan<Hash256> topics, ReadOnlySpan<byte> data)
    {
    }

    /// <summary>A contract destructs itself.</summary>
    public virtual void OnSelfDestruct(in Address contract, in Address beneficiary, in UInt256 balance)
    {
    }
}
