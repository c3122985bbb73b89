using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;

namespace Koinon.Rpc.Ots;

/// <summary>
/// <c>ots_getTransactionBySenderAndNonce</c>: the hash of the transaction that an account sent with a nonce; null
/// where there is none.
/// </summary>
/// <param name="ledger">The chain.</param>
/// <param name="states">Reads its states.</param>
public sealed class OtsGetTransactionBySenderAndNonce(Ledger ledger, StateReader states)
    : RpcMethod<(Address Sender, ulong Nonce), Hash256?>
{
    private readonly StateSearch _search = new(ledger, states);

    /// <inheritdoc/>
    public override string Name => "ots_getTransactionBySenderAndNonce";

    /// <inheritdoc/>
    protected override (Address Sender, ulong Nonce) Read(ref ParameterReader reader) =>
        (reader.Address(), reader.UInt64());

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<Hash256?>> RunAsync(
        (Address Sender, ulong Nonce) parameters, CancellationToken cancellation)
    {
        RpcResult<LedgerTransaction?> found = await _search.FindTransactionAsync(
            parameters.Sender, parameters.Nonce, cancellation).ConfigureAwait(false);
        return found.Error is null ? (Hash256?)found.Value?.Transaction.Hash : found.Error;
    }
}
