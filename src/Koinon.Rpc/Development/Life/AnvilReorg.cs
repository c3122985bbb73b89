using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Development.Sending;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;

namespace Koinon.Rpc.Development.Life;

/// <summary>
/// <c>anvil_reorg</c>: puts as many other blocks in the place of the newest ones, with the transactions that are named.
/// </summary>
/// <param name="life">The life of the chain.</param>
/// <param name="filler">Fills in what transactions lack.</param>
/// <param name="wallet">Signs them.</param>
/// <param name="manner">Whose manners the chain has.</param>
public sealed class AnvilReorg(IDevelopmentLife life, TransactionFiller filler, IWallet wallet, Manner manner)
    : DevelopmentCommand<ReorgRequest?>(manner)
{
    /// <inheritdoc/>
    public override string Name => "anvil_reorg";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_reorg"];

    /// <inheritdoc/>
    protected override ReorgRequest? Read(ref ParameterReader reader)
    {
        ReorgRequest? request = reader.Required(ReorgRequest.Read);
        List<ReorgTransaction>? pairs = reader.Optional<List<ReorgTransaction>>(ReorgRequest.ReadPairs);
        return pairs is null || request is null ? request : request with { Transactions = pairs };
    }

    /// <inheritdoc/>
    protected override async ValueTask<RpcError?> DoAsync(ReorgRequest? parameters, CancellationToken cancellation)
    {
        ReorgRequest request = parameters!;
        List<(ulong Place, Transaction Transaction)> placed = [];
        foreach (ReorgTransaction wanted in request.Transactions)
        {
            if (wanted.Place >= request.Depth)
            {
                return RpcError.InvalidParameters(
                    $"invalid argument 0: block {wanted.Place} of a reorganisation of {request.Depth} blocks");
            }

            RpcResult<Transaction> made = await MakeAsync(wanted, cancellation).ConfigureAwait(false);
            if (made.Error is not null)
            {
                return made.Error;
            }

            placed.Add((wanted.Place, made.Value!));
        }

        ILookup<ulong, Transaction> transactions = placed.ToLookup(
            static one => one.Place, static one => one.Transaction);
        return await life.ReorganizeAsync(request.Depth, transactions, cancellation).ConfigureAwait(false);
    }

    private async ValueTask<RpcResult<Transaction>> MakeAsync(ReorgTransaction wanted, CancellationToken cancellation)
    {
        if (wanted.Raw is { } raw)
        {
            return Transaction.TryDecodeNetworkForm(raw.Span, out Transaction? decoded, out var wrong)
                ? decoded
                : RpcError.InvalidParameters($"invalid argument 0: failed to decode signed transaction: {wrong}");
        }

        RpcResult<Transaction> filled = await filler.FillAsync(wanted.Request!, cancellation).ConfigureAwait(false);
        if (filled.Error is not null)
        {
            return filled.Error;
        }

        Address sender = filler.SenderOf(wanted.Request!);
        return wallet.TrySign(filled.Value!, sender, out Transaction? signed)
            ? signed
            : RpcError.Server($"unknown account {sender}");
    }
}
