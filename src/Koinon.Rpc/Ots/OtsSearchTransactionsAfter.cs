using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Ots;

/// <summary><c>ots_searchTransactionsAfter</c>: a page of an address's transactions
/// after a block, or from the start upwards for 0; the newest first.</summary>
/// <param name="traces">Runs the blocks.</param>
public sealed class OtsSearchTransactionsAfter(TraceRunner traces)
    : RpcStreamMethod<(Address Address, ulong Block, ulong Size)>
{
    /// <inheritdoc/>
    public override string Name => "ots_searchTransactionsAfter";

    /// <inheritdoc/>
    protected override (Address Address, ulong Block, ulong Size) Read(ref ParameterReader reader) =>
        (reader.Address(), reader.UInt64(), reader.UInt64());

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        (Address Address, ulong Block, ulong Size) parameters, CancellationToken cancellation) =>
        new(new AddressSearch(traces).Page(
            parameters.Address, parameters.Block, parameters.Size, isBackwards: false));
}
