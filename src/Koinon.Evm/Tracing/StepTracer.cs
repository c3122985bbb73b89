using Koinon.Primitives;

namespace Koinon.Evm.Tracing;

/// <summary>Hands everything on to a listener, each instruction included.</summary>
/// <param name="listener">Who listens.</param>
public readonly struct StepTracer(TraceListener listener) : ITracer
{
    /// <inheritdoc/>
    public static bool TracesSteps => true;

    /// <inheritdoc/>
    public static bool TracesFrames => true;

    /// <inheritdoc/>
    public void OnStep(in Step step) => listener.OnStep(step);

    /// <inheritdoc/>
    public void OnStepEnd(long gasLeft, HaltReason halt) =>
        listener.OnStepEnd(gasLeft, halt);

    /// <inheritdoc/>
    public void OnFrameStart(in FrameStart start) => listener.OnFrameStart(start);

    /// <inheritdoc/>
    public void OnFrameEnd(in FrameEnd end) => listener.OnFrameEnd(end);

    /// <inheritdoc/>
    public void OnLog(in Address address, ReadOnlySpan<Hash256> topics, ReadOnlySpan<byte> data) =>
        listener.OnLog(address, topics, data);

    /// <inheritdoc/>
    public void OnSelfDestruct(in Address contract, in Address beneficiary, in UInt256 balance) =>
        listener.OnSelfDestruct(contract, beneficiary, balance);
}
