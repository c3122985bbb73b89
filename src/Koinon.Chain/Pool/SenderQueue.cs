using System.Diagnostics.CodeAnalysis;
using Koinon.Primitives;

namespace Koinon.Chain.Pool;

/// <summary>What one sender has waiting: a row from its next nonce, and what stands behind a gap.</summary>
/// <remarks>Not thread-safe; the pool's gate guards it. Nothing here has a nonce below the account's.</remarks>
internal sealed class SenderQueue(Address sender)
{
    private readonly SortedList<ulong, PooledTransaction> _byNonce = [];

    internal Address Sender { get; } = sender;

    /// <summary>The account's next nonce.</summary>
    internal ulong Nonce { get; private set; }

    /// <summary>The account's balance.</summary>
    internal UInt256 Balance { get; private set; }

    /// <summary>How many stand in a row from the next nonce.</summary>
    internal int ReadyCount { get; private set; }

    /// <summary>What those may cost together; 2²⁵⁶-1 where it is more.</summary>
    internal UInt256 ReadyCost { get; private set; }

    internal int Count => _byNonce.Count;

    internal IList<PooledTransaction> All => _byNonce.Values;

    /// <summary>Where the queue stands in the order of eviction, as long as it does.</summary>
    internal EvictionKey? Key { get; set; }

    /// <summary>The nonce after the row.</summary>
    internal ulong NextNonce => Nonce + (ulong)ReadyCount;

    internal PooledTransaction First => _byNonce.Values[0];

    /// <summary>Who would leave first: no gap comes of it.</summary>
    internal PooledTransaction Last => _byNonce.Values[^1];

    internal bool IsReady(PooledTransaction pooled) => pooled.Transaction.Nonce < NextNonce;

    internal bool TryGet(ulong nonce, [NotNullWhen(true)] out PooledTransaction? pooled) =>
        _byNonce.TryGetValue(nonce, out pooled);

    /// <summary>Puts a transaction in, or in the place of another of its nonce.</summary>
    internal void Put(PooledTransaction pooled)
    {
        ulong nonce = pooled.Transaction.Nonce;
        bool isInRow = nonce < NextNonce;
        _byNonce[nonce] = pooled;
        if (isInRow)
        {
            Recount(0);
        }
        else if (nonce == NextNonce)
        {
            Recount(ReadyCount);
        }
    }

    internal void Remove(PooledTransaction pooled)
    {
        _byNonce.Remove(pooled.Transaction.Nonce);
        Recount(0);
    }

    /// <summary>Removes the first; <see cref="Follow"/> must come next.</summary>
    internal void RemoveFirst() => _byNonce.RemoveAt(0);

    /// <summary>Follows the account.</summary>
    /// <param name="nonce">Its next nonce; those below it must have been removed.</param>
    /// <param name="balance">Its balance.</param>
    internal void Follow(ulong nonce, in UInt256 balance)
    {
        Balance = balance;
        Nonce = nonce;
        Recount(0);
    }

    private void Recount(int from)
    {
        UInt256 cost = from == 0 ? UInt256.Zero : ReadyCost;
        int count = from;
        while (count < _byNonce.Count && _byNonce.Keys[count] - Nonce == (ulong)count)
        {
            cost = UInt256.AddOverflow(cost, _byNonce.Values[count].Cost, out UInt256 sum) ? UInt256.MaxValue : sum;
            count++;
        }

        ReadyCount = count;
        ReadyCost = cost;
    }
}
