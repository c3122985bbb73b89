using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Trace;

namespace Koinon.Rpc.Ots;

/// <summary><c>ots_getBlockDetailsByHash</c>: as <c>ots_getBlockDetails</c>, for the block of a hash.</summary>
/// <param name="ledger">The chain.</param>
public sealed class OtsGetBlockDetailsByHash(Ledger ledger) : RpcStreamMethod<Hash256>
{
    /// <inheritdoc/>
    public override string Name => "ots_getBlockDetailsByHash";

    /// <inheritdoc/>
    protected override Hash256 Read(ref ParameterReader reader) => reader.Hash();

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        Hash256 parameters, CancellationToken cancellation) =>
        new(ledger.TryGet(parameters, out LedgerBlock? block) ? new BlockDetails(ledger).Of(block) : EmptyAnswers.Null);
}
