namespace Koinon.Consensus;

/// <summary>The caches of the epochs last asked for, built on demand and shared by chains.</summary>
/// <param name="epochsKept">How many caches are kept; each takes 16 MiB at epoch 0, 128 KiB more an epoch.</param>
/// <remarks>Thread-safe; whoever asks first for an epoch builds it while others of that epoch wait.</remarks>
public sealed class EthashCaches(int epochsKept = 2)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Entry> _recent = new();

    /// <summary>The cache of an epoch.</summary>
    public EthashCache Get(EthashEpoch epoch)
    {
        Lazy<EthashCache> cache;
        lock (_gate)
        {
            cache = Touch(epoch);
        }

        return cache.Value;
    }

    private Lazy<EthashCache> Touch(EthashEpoch epoch)
    {
        for (LinkedListNode<Entry>? node = _recent.First; node is not null; node = node.Next)
        {
            if (node.Value.Epoch == epoch)
            {
                _recent.Remove(node);
                _recent.AddFirst(node);
                return node.Value.Cache;
            }
        }

        Lazy<EthashCache> cache = new(() => EthashCache.Build(epoch.Seed, epoch.CacheBytes));
        _recent.AddFirst(new Entry(epoch, cache));
        while (_recent.Count > epochsKept)
        {
            _recent.RemoveLast();
        }

        return cache;
    }

    private sealed record Entry(EthashEpoch Epoch, Lazy<EthashCache> Cache);
}
