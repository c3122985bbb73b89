using Koinon.Evm;
using Koinon.Evm.Tracing;
using Koinon.Primitives;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Ots;

/// <summary>Finds out whether a transaction has to do with an address: as sender, as somebody called, made or paid, or
/// as beneficiary; writes nothing.</summary>
/// <param name="target">The run.</param>
/// <param name="address">The address.</param>
/// <param name="found">Takes the number of the transaction.</param>
internal sealed class TouchTracer(TraceTarget target, Address address, Action<int> found) : TransactionTracer(target)
{
    private bool _isTouched;

    /// <inheritdoc/>
    public override void OnFrameStart(in FrameStart start) =>
        _isTouched |= start.From == address || start.To == address;

    /// <inheritdoc/>
    public override void OnSelfDestruct(in Address contract, in Address beneficiary, in UInt256 balance) =>
        _isTouched |= beneficiary == address;

    /// <inheritdoc/>
    public override void Write(TransactionOutcome outcome)
    {
        if (_isTouched && Target.Place is { } place)
        {
            found(place.Index);
        }
    }
}
