using System.Collections.Immutable;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Subscriptions;

/// <summary>The filters of all callers: they collect events until their owner asks.</summary>
/// <param name="feed">Knows of the events.</param>
/// <param name="limits">How many there may be.</param>
/// <param name="clock">Says when one was forgotten.</param>
/// <remarks>
/// Thread-safe. A filter that nobody asks for <see cref="Life"/> is gone. When it is asked, everything that had
/// happened by then is in the answer.
/// </remarks>
public sealed class FilterStore(ChainFeed feed, RpcLimits limits, TimeProvider clock)
{
    /// <summary>How long a filter lives since it was last asked (geth, anvil and Hardhat alike).</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private static readonly RpcError NotFound = RpcError.Server("filter not found");

    // Of the feed's loop alone.
    private readonly Dictionary<string, InstalledFilter> _filters = [];
    private int _count;

    /// <summary>
    /// The block that a new filter of blocks holds from the start, as on Hardhat's chain: who sends before he asks for
    /// a filter finds his block in it. It holds none where this is left out.
    /// </summary>
    public Func<Hash256>? FirstBlock { get; init; }

    /// <summary>How many filters there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Notes what filters there are and what they hold.</summary>
    public Task<FilterSnapshot> SnapshotAsync() => feed.InvokeAsync(() => new FilterSnapshot(
        _filters.ToDictionary(
            static pair => pair.Key, static pair => (pair.Value, pair.Value.Entries), StringComparer.Ordinal)));

    /// <summary>
    /// Brings the noted filters back with what they held then. Filters that came since stay, without what came from
    /// blocks that were given up.
    /// </summary>
    /// <remarks>To be called after the chain has gone back.</remarks>
    public Task RestoreAsync(FilterSnapshot snapshot) => feed.InvokeAsync(() =>
    {
        foreach ((string id, (InstalledFilter filter, ImmutableList<FilterEntry> entries)) in snapshot.Filters)
        {
            filter.Entries = entries;
            if (_filters.TryAdd(id, filter))
            {
                Open(filter);
            }
        }

        return true;
    });

    /// <summary>Installs a filter.</summary>
    /// <returns>Its id, or why there is none.</returns>
    internal Task<RpcResult<string>> AddAsync(FilterKind kind, LogFilter? criteria, bool isWhole) =>
        feed.InvokeAsync<RpcResult<string>>(() =>
        {
            RemoveForgotten();
            if (_filters.Count >= limits.FiltersMax)
            {
                return new RpcError(
                    RpcErrorCode.LimitExceeded,
                    $"too many filters: at most {limits.FiltersMax} at once; eth_uninstallFilter ends one");
            }

            string id = SubscriptionId.New();
            InstalledFilter filter = new(kind, criteria, isWhole, limits.FilterBytesMax);
            _filters.Add(id, filter);
            Open(filter);
            if (kind == FilterKind.Blocks && FirstBlock is { } first)
            {
                filter.HoldBlock(first());
            }

            return id;
        });

    /// <summary>Takes what a filter holds.</summary>
    internal Task<RpcResult<IReadOnlyList<RawJson>>> TakeAsync(string id) =>
        feed.InvokeAsync<RpcResult<IReadOnlyList<RawJson>>>(() =>
        {
            if (Find(id) is not { } filter)
            {
                return NotFound;
            }

            if (filter.IsFull)
            {
                Remove(id);
                return RpcError.Server(
                    $"filter not found: it is gone, since it held more than {limits.FilterBytesMax} bytes unasked");
            }

            RawJson[] taken = [.. filter.Entries.Select(static entry => new RawJson(entry.Json))];
            filter.Entries = [];
            return taken;
        });

    /// <summary>What a filter of logs collects.</summary>
    internal Task<RpcResult<LogFilter>> CriteriaOfAsync(string id) =>
        feed.InvokeAsync<RpcResult<LogFilter>>(() =>
            Find(id) is { Kind: FilterKind.Logs } filter ? filter.Criteria! : NotFound);

    /// <summary>Ends a filter.</summary>
    /// <returns>Whether there was one.</returns>
    internal Task<bool> RemoveAsync(string id) => feed.InvokeAsync(() => Find(id) is not null && Remove(id));

    private InstalledFilter? Find(string id)
    {
        RemoveForgotten();
        if (_filters.TryGetValue(id, out InstalledFilter? filter))
        {
            filter.AskedAt = clock.GetTimestamp();
        }

        return filter;
    }

    private void Open(InstalledFilter filter)
    {
        filter.AskedAt = clock.GetTimestamp();
        filter.Listening = feed.Subscribe(filter);
        _count = _filters.Count;
    }

    private bool Remove(string id)
    {
        if (!_filters.Remove(id, out InstalledFilter? filter))
        {
            return false;
        }

        filter.Listening?.Dispose();
        _count = _filters.Count;
        return true;
    }

    /// <summary>Looks at all of them: there are few, and what a forgotten one holds is bounded until then.</summary>
    private void RemoveForgotten()
    {
        foreach ((string id, InstalledFilter filter) in _filters.ToArray())
        {
            if (clock.GetElapsedTime(filter.AskedAt) >= Life)
            {
                Remove(id);
            }
        }
    }
}
