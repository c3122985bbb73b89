using System.Collections.Immutable;
using Koinon.Primitives;

namespace Koinon.Chain.Networks;

/// <summary>From which block on a development chain has another number than its network's.</summary>
/// <remarks>Safe from any thread. Blocks that stand keep the number they were made with.</remarks>
public sealed class ChainIdChanges
{
    private ImmutableList<(ulong First, UInt256 ChainId)> _changes = [];

    /// <summary>The number that was taken last; <see langword="null"/> where the network's own still holds.</summary>
    public UInt256? Latest => Volatile.Read(ref _changes) is { Count: > 0 } changes ? changes[^1].ChainId : null;

    /// <summary>The number of a block; <see langword="null"/> for the network's own.</summary>
    public UInt256? At(ulong number)
    {
        ImmutableList<(ulong First, UInt256 ChainId)> changes = Volatile.Read(ref _changes);
        for (int i = changes.Count - 1; i >= 0; i--)
        {
            if (changes[i].First <= number)
            {
                return changes[i].ChainId;
            }
        }

        return null;
    }

    /// <summary>Takes another number.</summary>
    /// <param name="first">The first block that has it.</param>
    /// <param name="chainId">The number.</param>
    public void Begin(ulong first, UInt256 chainId) => ImmutableInterlocked.Update(
        ref _changes, changes => changes.RemoveAll(change => change.First >= first).Add((first, chainId)));

    /// <summary>The chain went back: the number that was taken last is that of the blocks that come now.</summary>
    /// <param name="next">The first block that comes.</param>
    public void Rewind(ulong next) => ImmutableInterlocked.Update(
        ref _changes,
        changes => changes is { Count: > 0 } && changes[^1] is { } latest && latest.First > next
            ? changes.RemoveAll(change => change.First >= next).Add((next, latest.ChainId))
            : changes);
}
