using Koinon.Storage;

namespace Koinon.Chain.Ledger;

/// <summary>What the store held at the places that were marked last, so that going back there is one step.</summary>
/// <remarks>
/// Not thread-safe: the writer's lock guards it. A store whose snapshots may not be kept has none here, and a place
/// that is not here any more is gone back to block by block. Each holds the pages that changed since: that is why they
/// are few.
/// </remarks>
internal sealed class MarkedPlaces
{
    private const int PlacesMax = 64;

    private readonly List<(LedgerMark Mark, IReadTransaction Snapshot)> _places = [];

    /// <summary>Keeps what a store holds now.</summary>
    internal void Add(LedgerMark mark, IStore store)
    {
        if (!store.KeepsSnapshots)
        {
            return;
        }

        _places.RemoveAll(place => place.Mark == mark);
        if (_places.Count == PlacesMax)
        {
            // The first is where a development chain begins anew.
            _places.RemoveAt(1);
        }

        _places.Add((mark, store.BeginRead()));
    }

    /// <summary>What the store held at a mark; <see langword="null"/> where that is not known.</summary>
    internal IReadTransaction? Find(LedgerMark mark) => _places.Find(place => place.Mark == mark).Snapshot;

    /// <summary>Gives up what came after a mark.</summary>
    internal void ForgetAfter(LedgerMark mark) =>
        _places.RemoveAll(place =>
            place.Mark.Number > mark.Number
            || (place.Mark.Number == mark.Number && place.Mark.Edits > mark.Edits));

    /// <summary>Gives up all: another branch took their place.</summary>
    internal void Clear() => _places.Clear();
}
