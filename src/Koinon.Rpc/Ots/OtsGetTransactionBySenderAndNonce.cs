using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Ots;

/// <summary><c>ots_getTransactionBySenderAndNonce</c>: the hash of a sender's transaction; null where there is
/// none.</summary>
/// <param name="traces">Reads states.</param>
/// <remarks>The block is found by halving the range of kept states.</remarks>
public sealed class OtsGetTransactionBySenderAndNonce(TraceRunner traces)
    : RpcMethod<(Address Sender, ulong Nonce), Hash256?>
{
    /// <inheritdoc/>
    public override string Name => "ots_getTransactionBySenderAndNonce";

    /// <inheritdoc/>
    protected override (Address Sender, ulong Nonce) Read(ref ParameterReader reader) =>
        (reader.Address(), reader.UInt64());

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<Hash256?>> RunAsync(
        (Address Sender, ulong Nonce) parameters, CancellationToken cancellation)
    {
        RpcResult<LedgerBlock?> block = await new StateSearch(traces).FindAsync(
            parameters.Sender, account => account is { } found && found.Nonce > parameters.Nonce, cancellation)
            .ConfigureAwait(false);
        if (block.Error is not null)
        {
            return block.Error;
        }

        foreach (Transaction transaction in block.Value?.Block.Transactions ?? [])
        {
            if (transaction.Nonce == parameters.Nonce && transaction.TryGetSender(out Address sender)
                && sender == parameters.Sender)
            {
                return (Hash256?)transaction.Hash;
            }
        }

        return (Hash256?)null;
    }
}
