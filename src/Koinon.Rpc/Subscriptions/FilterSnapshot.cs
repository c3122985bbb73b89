using System.Collections.Immutable;

namespace Koinon.Rpc.Subscriptions;

/// <summary>What filters there were and what each held, to be brought back (a development chain's snapshot).</summary>
/// <remarks>Costs a reference for each filter.</remarks>
public sealed class FilterSnapshot
{
    internal FilterSnapshot(IReadOnlyDictionary<string, (InstalledFilter, ImmutableList<FilterEntry>)> filters) =>
        Filters = filters;

    /// <summary>The filters by their ids.</summary>
    internal IReadOnlyDictionary<string, (InstalledFilter Filter, ImmutableList<FilterEntry> Entries)> Filters { get; }
}
