using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;

namespace Koinon.Rpc.Eth;

/// <summary>The pending block of a chain whose blocks come from outside: what one of its pool would be like.</summary>
/// <remarks>Safe from any thread. It is kept until the head or the pool changes, or a second has passed.</remarks>
/// <param name="ledger">The chain.</param>
/// <param name="pool">What waits for a block.</param>
/// <param name="clock">Says what time it is.</param>
public sealed class PoolPending(Ledger ledger, TransactionPool pool, TimeProvider clock) : IPendingBlock
{
    private readonly BlockBuilder _builder = new(ledger);
    private Built? _built;

    /// <inheritdoc/>
    /// <remarks>Before the merge there is none: it would need a proof of work.</remarks>
    public LedgerBlock? Build()
    {
        LedgerBlock head = ledger.Head;
        if (!ledger.RulesAfter(head).Rules.IsMerged)
        {
            return null;
        }

        ulong time = (ulong)clock.GetUtcNow().ToUnixTimeSeconds();
        Built now = new(ledger.Sequence, pool.Version, time, null);
        Built? before = Volatile.Read(ref _built);
        if (before is not null && before with { Block = null } == now)
        {
            return before.Block;
        }

        BuildRequest request = new() { Timestamp = time };
        LedgerBlock? block = _builder.Build(pool, head, request, CancellationToken.None).Block;
        Volatile.Write(ref _built, now with { Block = block });
        return block;
    }

    private sealed record Built(ulong Sequence, ulong PoolVersion, ulong Time, LedgerBlock? Block);
}
