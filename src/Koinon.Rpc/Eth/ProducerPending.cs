using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;

namespace Koinon.Rpc.Eth;

/// <summary>The pending block of a chain that builds its own blocks: the one it would build now.</summary>
/// <remarks>Safe from any thread. It is kept until the head, its state or the pool changes, or a second has passed.
/// </remarks>
/// <param name="ledger">The chain.</param>
/// <param name="pool">What waits for a block.</param>
/// <param name="producer">The one writer of the chain.</param>
public sealed class ProducerPending(Ledger ledger, TransactionPool pool, BlockProducer producer) : IPendingBlock
{
    private Built? _built;

    /// <inheritdoc/>
    public LedgerBlock? Build()
    {
        LedgerBlock head = ledger.Head;
        Built now = new(
            ledger.Sequence, pool.Version, producer.Clock.NextTimestamp(head), producer.Next, producer.Settings, null);
        Built? before = Volatile.Read(ref _built);
        if (before is not null && before with { Block = null } == now)
        {
            return before.Block;
        }

        LedgerBlock? block = producer.BuildPending(CancellationToken.None).Block;
        Volatile.Write(ref _built, now with { Block = block });
        return block;
    }

    private sealed record Built(
        ulong Sequence,
        ulong PoolVersion,
        ulong Timestamp,
        NextBlock Next,
        ProducerSettings Settings,
        LedgerBlock? Block);
}
