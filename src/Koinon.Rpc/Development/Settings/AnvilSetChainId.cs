using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Chain.Pool;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Settings;

/// <summary><c>anvil_setChainId</c>: takes another number, that transactions are signed for from now on.</summary>
/// <param name="ledger">The chain.</param>
/// <param name="pool">What waits.</param>
/// <param name="producer">The one writer of the chain.</param>
/// <param name="manner">Whose manners the chain has.</param>
/// <remarks>Blocks that stand keep theirs; what waits in the pool and is signed for another one goes.</remarks>
public sealed class AnvilSetChainId(Ledger ledger, TransactionPool pool, BlockProducer producer, Manner manner)
    : DevelopmentCommand<ulong>(manner)
{
    /// <inheritdoc/>
    public override string Name => "anvil_setChainId";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_setChainId"];

    /// <inheritdoc/>
    protected override ulong Read(ref ParameterReader reader) => reader.UInt64();

    /// <inheritdoc/>
    protected override async ValueTask<RpcError?> DoAsync(ulong parameters, CancellationToken cancellation)
    {
        if (parameters == 0)
        {
            return RpcError.InvalidParameters("invalid argument 0: a chain id is above 0");
        }

        if (ledger.Genesis.Network.ChainIdChanges is not { } changes)
        {
            return RpcError.Server("this chain cannot take another chain id");
        }

        return await producer.ExclusiveAsync(() => Take(changes, parameters), cancellation).ConfigureAwait(false);
    }

    private RpcError? Take(ChainIdChanges changes, ulong chainId)
    {
        changes.Begin(ledger.Head.Number + 1, chainId);
        foreach (PooledTransaction waiting in pool.Snapshot())
        {
            if (waiting.Transaction.ChainId is { } signedFor && signedFor != chainId)
            {
                pool.Remove(waiting.Transaction.Hash);
            }
        }

        return null;
    }
}
