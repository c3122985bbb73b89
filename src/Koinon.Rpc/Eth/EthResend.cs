using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>
/// <c>eth_resend</c>: sends a transaction that waits once more, with another price or gas limit, in the place of the
/// first.
/// </summary>
/// <param name="pool">What waits.</param>
/// <param name="wallet">Signs.</param>
/// <param name="entry">Takes transactions.</param>
public sealed class EthResend(TransactionPool pool, IWallet wallet, ITransactionEntry entry)
    : RpcMethod<(CallRequest Transaction, UInt256? GasPrice, ulong? GasLimit), Hash256>
{
    /// <inheritdoc/>
    public override string Name => "eth_resend";

    /// <inheritdoc/>
    protected override (CallRequest Transaction, UInt256? GasPrice, ulong? GasLimit) Read(
        ref ParameterReader reader) =>
        (reader.Required(CallRequestReader.Read), reader.QuantityOrNone(), reader.UInt64OrNone());

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<Hash256>> RunAsync(
        (CallRequest Transaction, UInt256? GasPrice, ulong? GasLimit) parameters, CancellationToken cancellation)
    {
        CallRequest request = parameters.Transaction;
        if (request.Nonce is not { } nonce || request.From is not { } from)
        {
            return RpcError.InvalidParameters("invalid argument 0: missing transaction nonce in transaction spec");
        }

        if (!pool.TryGet(from, nonce, out PooledTransaction? waiting))
        {
            return RpcError.Server($"transaction not found: nothing of {from} with nonce {nonce} waits");
        }

        Transaction former = waiting.Transaction;
        UInt256 price = parameters.GasPrice ?? request.GasPrice ?? request.MaxFeePerGas ?? former.MaxFeePerGas;
        bool hasTip = former.Type >= TransactionType.DynamicFee;
        UInt256 tip = request.MaxPriorityFeePerGas ?? (hasTip ? former.MaxPriorityFeePerGas : price);
        Transaction unsigned = new()
        {
            Type = former.Type,
            ChainId = former.ChainId,
            Nonce = nonce,
            GasLimit = parameters.GasLimit ?? request.Gas ?? former.GasLimit,
            MaxFeePerGas = price,
            MaxPriorityFeePerGas = hasTip && tip < price ? tip : price,
            To = former.To,
            Value = former.Value,
            Data = former.Data,
            AccessList = former.AccessList,
            MaxFeePerBlobGas = former.MaxFeePerBlobGas,
            BlobVersionedHashes = former.BlobVersionedHashes,
            AuthorizationList = former.AuthorizationList,
            Sidecar = former.Sidecar,
        };
        if (!wallet.TrySign(unsigned, from, out Transaction? signed))
        {
            return RpcError.Server($"unknown account {from}");
        }

        RpcError? error = await entry.SubmitAsync(signed, cancellation).ConfigureAwait(false);
        return error is null ? signed.Hash : error;
    }
}
