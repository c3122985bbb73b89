using Koinon.Primitives.Transactions;
using Koinon.Rpc.Development.Sending;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Development.Signing;

/// <summary><c>eth_signTransaction</c>: fills in what a transaction lacks and signs it, without taking it.</summary>
/// <param name="filler">Fills in.</param>
/// <param name="wallet">Signs.</param>
public sealed class EthSignTransaction(TransactionFiller filler, IWallet wallet) : RpcMethod<CallRequest, HexData>
{
    /// <inheritdoc/>
    public override string Name => "eth_signTransaction";

    /// <inheritdoc/>
    protected override CallRequest Read(ref ParameterReader reader) => reader.Required(CallRequestReader.Read);

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<HexData>> RunAsync(
        CallRequest parameters, CancellationToken cancellation)
    {
        RpcResult<Transaction> filled = await filler.FillAsync(parameters, cancellation).ConfigureAwait(false);
        if (filled.Error is not null)
        {
            return filled.Error;
        }

        return wallet.TrySign(filled.Value!, filler.SenderOf(parameters), out Transaction? signed) && !signed.IsUnsigned
            ? (HexData)signed.Encoded
            : RpcError.InvalidParameters($"No Signer available: nobody has the key of {filler.SenderOf(parameters)}");
    }
}
