using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Ots;

/// <summary><c>ots_searchTransactionsBefore</c>: a page of an address's transactions
/// before a block, or from the head downwards for 0; the newest first.</summary>
/// <param name="traces">Runs the blocks.</param>
public sealed class OtsSearchTransactionsBefore(TraceRunner traces)
    : RpcStreamMethod<(Address Address, ulong Block, ulong Size)>
{
    /// <inheritdoc/>
    public override string Name => "ots_searchTransactionsBefore";

    /// <inheritdoc/>
    protected override (Address Address, ulong Block, ulong Size) Read(ref ParameterReader reader) =>
        (reader.Address(), reader.UInt64(), reader.UInt64());

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        (Address Address, ulong Block, ulong Size) parameters, CancellationToken cancellation) =>
        new(new AddressSearch(traces).Page(
            parameters.Address, parameters.Block, parameters.Size, isBackwards: true));
}
