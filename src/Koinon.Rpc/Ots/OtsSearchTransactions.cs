using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Ots;

/// <summary>A method that shows a page of an address's transactions, the newest first.</summary>
/// <param name="traces">Runs the blocks.</param>
/// <param name="isBackwards">Whether it looks from a block downwards, not upwards.</param>
public abstract class OtsSearchTransactions(TraceRunner traces, bool isBackwards)
    : RpcStreamMethod<(Address Address, ulong Block, ulong Size)>
{
    /// <inheritdoc/>
    protected sealed override (Address Address, ulong Block, ulong Size) Read(ref ParameterReader reader) =>
        (reader.Address(), reader.UInt64(), reader.UInt64());

    /// <inheritdoc/>
    protected sealed override ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        (Address Address, ulong Block, ulong Size) parameters, CancellationToken cancellation) =>
        new(new AddressSearch(traces).Page(parameters.Address, parameters.Block, parameters.Size, isBackwards));
}
