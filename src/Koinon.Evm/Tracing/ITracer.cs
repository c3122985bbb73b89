using Koinon.Primitives;

namespace Koinon.Evm.Tracing;

/// <summary>Listens to a run. A struct, so that a run without tracing has no trace of it.</summary>
public interface ITracer
{
    /// <summary>Whether it listens to each instruction; the code then runs one instruction a block.</summary>
    static abstract bool TracesSteps { get; }

    /// <summary>Whether it listens to frames, logs and self-destructions.</summary>
    static abstract bool TracesFrames { get; }

    /// <summary>An instruction is about to run.</summary>
    void OnStep(in Step step);

    /// <summary>The instruction announced last has run, or halts its frame.</summary>
    /// <param name="gasLeft">Gas left in its frame, before a frame that it made gives gas back.</param>
    /// <param name="halt">Why it halts its frame; none where it goes on or ends in order.</param>
    void OnStepEnd(long gasLeft, HaltReason halt);

    /// <summary>A call or creation begins.</summary>
    void OnFrameStart(in FrameStart start);

    /// <summary>A call or creation ends.</summary>
    void OnFrameEnd(in FrameEnd end);

    /// <summary>A log was written; it is undone where one of its frames fails.</summary>
    void OnLog(in Address address, ReadOnlySpan<Hash256> topics, ReadOnlySpan<byte> data);

    /// <summary>A contract destructs itself.</summary>
    void OnSelfDestruct(in Address contract, in Address beneficiary, in UInt256 balance);
}
