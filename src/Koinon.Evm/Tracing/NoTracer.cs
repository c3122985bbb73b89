using Koinon.Primitives;

namespace Koinon.Evm.Tracing;

/// <summary>Listens to nothing: the loop compiled for it has no trace of tracing.</summary>
public readonly struct NoTracer : ITracer
{
    /// <inheritdoc/>
    public static bool TracesSteps => false;

    /// <inheritdoc/>
    public static bool TracesFrames => false;

    /// <inheritdoc/>
    public void OnStep(in Step step)
    {
    }

    /// <inheritdoc/>
    public void OnStepEnd(long gasLeft, HaltReason halt)
    {
    }

    /// <inheritdoc/>
    public void OnFrameStart(in FrameStart start)
    {
    }

    /// <inheritdoc/>
    public void OnFrameEnd(in FrameEnd end)
    {
    }

    /// <inheritdoc/>
    public void OnLog(in Address address, ReadOnlySpan<Hash256> topics, ReadOnlySpan<byte> data)
    {
    }

    /// <inheritdoc/>
    public void OnSelfDestruct(in Address contract, in Address beneficiary, in UInt256 balance)
    {
    }
}
