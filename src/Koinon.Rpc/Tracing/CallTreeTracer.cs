using Koinon.Evm.Tracing;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Tracing;

/// <summary>A tracer whose value is made of the tree of calls.</summary>
/// <param name="target">The run.</param>
/// <param name="onlyTopCall">Whether frames below the first are left out.</param>
internal abstract class CallTreeTracer(TraceTarget target, bool onlyTopCall = false) : TransactionTracer(target)
{
    private readonly CallTracer _calls = new(onlyTopCall, BytesMax);

    /// <inheritdoc/>
    public override RpcError? Refusal => _calls.IsFull ? TooLarge() : null;

    /// <summary>The first frame, after the run.</summary>
    protected CallTrace Root => _calls.Root
        ?? throw new InvalidOperationException("A result is asked for before the run has come to its end.");

    /// <inheritdoc/>
    public override void OnFrameStart(in FrameStart start) => _calls.OnFrameStart(start);

    /// <inheritdoc/>
    public override void OnFrameEnd(in FrameEnd end) => _calls.OnFrameEnd(end);

    /// <inheritdoc/>
    public override void OnLog(in Address address, ReadOnlySpan<Hash256> topics, ReadOnlySpan<byte> data) =>
        _calls.OnLog(address, topics, data);

    /// <inheritdoc/>
    public override void OnSelfDestruct(in Address contract, in Address beneficiary, in UInt256 balance) =>
        _calls.OnSelfDestruct(contract, beneficiary, balance);
}
