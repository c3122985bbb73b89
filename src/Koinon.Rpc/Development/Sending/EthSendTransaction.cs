using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Development.Sending;

/// <summary>
/// <c>eth_sendTransaction</c>: fills in what a transaction lacks, signs it with a key of this server, takes it.
/// </summary>
/// <param name="filler">Fills in.</param>
/// <param name="wallet">Signs; for accounts that are impersonated it names the sender instead.</param>
/// <param name="entry">Takes transactions.</param>
/// <param name="manner">Whose text refuses accounts that are not here.</param>
public sealed class EthSendTransaction(
    TransactionFiller filler, IWallet wallet, ITransactionEntry entry, Manner manner)
    : RpcMethod<CallRequest, Hash256>
{
    /// <inheritdoc/>
    public override string Name => "eth_sendTransaction";

    /// <summary>Sends a transaction.</summary>
    /// <param name="request">What the caller says.</param>
    /// <param name="cancellation">Ends the waiting for the answer.</param>
    /// <returns>Its hash, or why it was not taken.</returns>
    public async ValueTask<RpcResult<Hash256>> SendAsync(CallRequest request, CancellationToken cancellation)
    {
        Address sender = filler.SenderOf(request);
        if (!wallet.Sends(sender))
        {
            return manner == Manner.Hardhat
                ? RpcError.Server(HardhatErrors.OfAccount(sender))
                : RpcError.Server($"unknown account {sender}: this server signs for those of eth_accounts");
        }

        // From the choice of the nonce until the transaction is in its block, so that sends side by side get nonces in
        // the order in which they came.
        using IDisposable turn = await entry.TakeTurnAsync(sender, cancellation).ConfigureAwait(false);
        RpcResult<Transaction> filled = await filler.FillAsync(request, cancellation).ConfigureAwait(false);
        if (filled.Error is not null)
        {
            return filled.Error;
        }

        if (!wallet.TrySign(filled.Value!, sender, out Transaction? signed))
        {
            return RpcError.Server($"unknown account {sender}");
        }

        RpcError? refused = await entry.SubmitAsync(signed, cancellation).ConfigureAwait(false);
        return refused is not null ? refused : signed.Hash;
    }

    /// <inheritdoc/>
    protected override CallRequest Read(ref ParameterReader reader) => reader.Required(CallRequestReader.Read);

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<Hash256>> RunAsync(CallRequest parameters, CancellationToken cancellation) =>
        SendAsync(parameters, cancellation);
}
