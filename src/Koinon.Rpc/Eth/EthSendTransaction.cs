using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>
/// <c>eth_sendTransaction</c>: fills in what a transaction lacks, signs it with a key of this server, takes it.
/// </summary>
/// <param name="calls">Runs calls, for the gas limit.</param>
/// <param name="pool">Knows the next nonce.</param>
/// <param name="fees">Says what the next block asks.</param>
/// <param name="wallet">Signs.</param>
/// <param name="entry">Takes transactions.</param>
public sealed class EthSendTransaction(
    CallRunner calls, TransactionPool pool, FeeOracle fees, IWallet wallet, ITransactionEntry entry)
    : RpcMethod<CallRequest, Hash256>
{
    private readonly GasEstimator _estimator = new(calls);

    /// <inheritdoc/>
    public override string Name => "eth_sendTransaction";

    /// <inheritdoc/>
    protected override CallRequest Read(ref ParameterReader reader) => reader.Required(CallRequestReader.Read);

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<Hash256>> RunAsync(
        CallRequest parameters, CancellationToken cancellation)
    {
        Address? sender = parameters.From ?? (wallet.Addresses.Count > 0 ? wallet.Addresses[0] : null);
        if (sender is not { } from || !wallet.Addresses.Contains(from))
        {
            return RpcError.Server($"unknown account {sender}: this server signs for those of eth_accounts");
        }

        // From here until the pool has it, so that sends side by side get nonces in the order in which they came.
        using IDisposable turn = await entry.TakeTurnAsync(from, cancellation).ConfigureAwait(false);
        CallRequest request = parameters with { From = from };
        RpcResult<ulong> gas = request.Gas is { } named
            ? named
            : await _estimator.EstimateAsync(request, BlockReference.Latest, cancellation).ConfigureAwait(false);
        if (gas.Error is not null)
        {
            return gas.Error;
        }

        Transaction unsigned = Fill(request, gas.Value, request.Nonce ?? pool.NextNonceOf(from));
        if (!wallet.TrySign(unsigned, from, out Transaction? signed))
        {
            return RpcError.Server($"unknown account {from}");
        }

        RpcError? error = await entry.SubmitAsync(signed, cancellation).ConfigureAwait(false);
        return error is null ? signed.Hash : error;
    }

    private Transaction Fill(CallRequest request, ulong gas, ulong nonce)
    {
        UInt256 tip = request.MaxPriorityFeePerGas ?? FeeOracle.Tip;
        bool isPlain = request.GasPrice is not null;
        UInt256 highest = request.GasPrice ?? request.MaxFeePerGas ?? ((fees.NextBaseFee() * 2u) + tip);
        return new Transaction
        {
            Type = !isPlain ? TransactionType.DynamicFee
                : request.AccessList is null ? TransactionType.Legacy : TransactionType.AccessList,
            ChainId = calls.ChainId,
            Nonce = nonce,
            GasLimit = gas,
            MaxFeePerGas = highest,
            MaxPriorityFeePerGas = isPlain ? highest : tip < highest ? tip : highest,
            To = request.To,
            Value = request.Value ?? UInt256.Zero,
            Data = request.Input,
            AccessList = request.AccessList ?? [],
        };
    }
}
