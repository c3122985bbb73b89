using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Evm.Forks;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Development.Sending;

/// <summary>Makes transactions of what callers describe: nonce, gas, fees, type and chain are filled in.</summary>
/// <param name="calls">Runs calls, for the gas limit.</param>
/// <param name="pool">Knows the next nonce.</param>
/// <param name="fees">Says what the next block asks.</param>
/// <param name="wallet">Knows who sends where nobody is named.</param>
/// <param name="manner">Hardhat takes the highest limit for gas that is not named; anvil estimates.</param>
public sealed class TransactionFiller(
    CallRunner calls, TransactionPool pool, FeeOracle fees, IWallet wallet, Manner manner)
{
    /// <summary>What Hardhat gives a transaction that names no gas: the cap of EIP-7825.</summary>
    private const ulong HardhatGas = 16_777_216;

    private readonly GasEstimator _estimator = new(calls);
    private readonly BlobFiller _blobs = new(calls.Blocks.Ledger);

    /// <summary>Who sends: whom the request names, or the first account of the server.</summary>
    public Address SenderOf(CallRequest request) => request.From ?? wallet.Default ?? Address.Zero;

    /// <summary>Fills in what is missing.</summary>
    /// <param name="request">What the caller says.</param>
    /// <param name="cancellation">Ends the estimate.</param>
    /// <returns>The transaction, not signed.</returns>
    public async ValueTask<RpcResult<Transaction>> FillAsync(CallRequest request, CancellationToken cancellation)
    {
        if (Check(request) is { } error)
        {
            return error;
        }

        CallRequest described = request with { From = SenderOf(request) };
        if (calls.Blocks.Ledger.Head.State is { } state)
        {
            // The pool counts nonces from the sender's account, which may have to be fetched first.
            RpcResult<Account?> sender = await calls.Reader.ReadAccountAsync(
                state, described.From!.Value, cancellation).ConfigureAwait(false);
            if (sender.Error is { } unknown)
            {
                return unknown;
            }
        }

        RpcResult<CallRequest> whole = await FillBlobsAsync(described, cancellation).ConfigureAwait(false);
        return whole.Error is null
            ? Compose(whole.Value!, await GasOfAsync(whole.Value!, cancellation).ConfigureAwait(false))
            : whole.Error;
    }

    /// <summary>Fills in what belongs to the blobs of a transaction; one without blobs stays as it is.</summary>
    /// <param name="request">The transaction.</param>
    /// <param name="cancellation">Ends it.</param>
    internal ValueTask<RpcResult<CallRequest>> FillBlobsAsync(
        CallRequest request, CancellationToken cancellation) => _blobs.FillAsync(request, cancellation);

    /// <summary>The gas limit: what is named; else Hardhat's highest, anvil's estimate.</summary>
    private async ValueTask<ulong> GasOfAsync(CallRequest request, CancellationToken cancellation)
    {
        if (request.Gas is { } named)
        {
            return named;
        }

        ulong most = calls.Blocks.Ledger.Head.Header.GasLimit;
        if (manner == Manner.Hardhat)
        {
            return Math.Min(HardhatGas, most);
        }

        // What reverts gets the whole block and stands in it with its failure, as anvil has it: who sends without an
        // estimate of his own wants to see it there.
        RpcResult<ulong> gas = await _estimator.EstimateAsync(request, calls.EstimatedOn, cancellation)
            .ConfigureAwait(false);
        return gas.Error is null ? gas.Value : most;
    }

    private RpcError? Check(CallRequest request)
    {
        bool isHardhat = manner == Manner.Hardhat;
        if (request.ChainId is { } chainId && chainId != calls.ChainId)
        {
            return isHardhat
                ? RpcError.InvalidParameters($"Invalid chainId {chainId} provided, expected {calls.ChainId} instead.")
                : RpcError.Server($"invalid chain id for signer: chain id {chainId}, this chain's is {calls.ChainId}");
        }

        return isHardhat && request.To is null && request.Input.IsEmpty
            ? RpcError.Server("Contract creation without any data provided")
            : null;
    }

    private Transaction Compose(CallRequest request, ulong gas)
    {
        Ledger ledger = calls.Blocks.Ledger;
        Fork fork = ledger.RulesAfter(ledger.Head).Fork;
        CallRequest priced = fork.HasBaseFee && request.GasPrice is null ? WithFees(request)
            : request with { GasPrice = request.GasPrice ?? fees.NextBaseFee() + fees.Tip() };
        if (priced is { BlobVersionedHashes.Count: > 0, MaxFeePerBlobGas: null })
        {
            priced = priced with { MaxFeePerBlobGas = FeeOracle.NextBlobPrice(ledger.Head) * 2u };
        }

        ulong nonce = request.Nonce ?? pool.NextNonceOf(request.From!.Value);
        Transaction transaction = CallTransaction.Of(priced, fork, calls.ChainId, nonce, gas);
        return transaction.Type == TransactionType.Legacy && fork.AllowsReplayProtection
            ? transaction.WithChainId(calls.ChainId)
            : transaction;
    }

    private CallRequest WithFees(CallRequest request)
    {
        UInt256 tip = request.MaxPriorityFeePerGas ?? fees.Tip();
        UInt256 highest = request.MaxFeePerGas ?? ((fees.NextBaseFee() * 2u) + tip);

        // A tip that was named stands, right or wrong; one that was not is bounded by the highest fee.
        bool isBounded = request.MaxPriorityFeePerGas is null && tip > highest;
        return request with { MaxFeePerGas = highest, MaxPriorityFeePerGas = isBounded ? highest : tip };
    }
}
