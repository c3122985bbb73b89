using System.Collections.Immutable;
using System.Text;
using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Subscriptions;

/// <summary>A filter: collects what its owner will ask for.</summary>
/// <param name="kind">What it collects.</param>
/// <param name="criteria">Which logs.</param>
/// <param name="isWhole">Whether transactions are collected whole, not by their hashes.</param>
/// <param name="bytesMax">The most that it holds.</param>
/// <remarks>Used by the feed's loop alone.</remarks>
internal sealed class InstalledFilter(FilterKind kind, LogFilter? criteria, bool isWhole, int bytesMax) : IFeedListener
{
    /// <summary>What an entry costs beside its text.</summary>
    private const int EntryBytes = 64;

    private ImmutableList<FilterEntry> _entries = [];
    private long _bytes;

    /// <summary>What it collects.</summary>
    public FilterKind Kind => kind;

    /// <summary>Which logs.</summary>
    public LogFilter? Criteria => criteria;

    /// <summary>When its owner last asked, in the clock's ticks.</summary>
    public long AskedAt { get; set; }

    /// <summary>Ends its listening.</summary>
    public IDisposable? Listening { get; set; }

    /// <summary>Whether more came than it may hold: what it holds is no longer all.</summary>
    public bool IsFull { get; private set; }

    /// <summary>What it holds.</summary>
    public ImmutableList<FilterEntry> Entries
    {
        get => _entries;
        set
        {
            _entries = value;
            _bytes = 0;
            IsFull = false;
            foreach (FilterEntry entry in value)
            {
                _bytes += EntryBytes + entry.Json.Length;
            }
        }
    }

    /// <inheritdoc/>
    public void OnHead(HeadEvent head)
    {
        if (head.Change.IsDiscarded)
        {
            Forget(head.Change.Removed);
        }

        if (kind == FilterKind.Blocks)
        {
            foreach (LedgerBlock block in head.Change.Added)
            {
                HoldBlock(block.Hash);
            }
        }
        else if (kind == FilterKind.Logs)
        {
            foreach (LogEvent log in head.Logs)
            {
                bool isWanted = criteria!.MatchesNew(log.Log, log.Number);
                if (isWanted && !(log.IsRemoved && head.Change.IsDiscarded))
                {
                    Hold(log.Json, log.BlockHash);
                }
            }
        }
    }

    /// <summary>Holds a block, unless it is the one that came last.</summary>
    public void HoldBlock(in Hash256 hash)
    {
        if (_entries.IsEmpty || _entries[^1].Block != hash)
        {
            Hold(Encoding.ASCII.GetBytes($"\"{hash}\""), hash);
        }
    }

    /// <inheritdoc/>
    public void OnPending(PendingEvent pending)
    {
        if (kind == FilterKind.Pending)
        {
            Hold(pending.Json(isWhole), Hash256.Zero);
        }
    }

    /// <summary>A development chain goes back: of its given-up blocks nothing is told that was not told yet.</summary>
    private void Forget(IReadOnlyList<LedgerBlock> blocks)
    {
        HashSet<Hash256> gone = [.. blocks.Select(static block => block.Hash)];
        Entries = _entries.RemoveAll(entry => gone.Contains(entry.Block));
    }

    private void Hold(ReadOnlyMemory<byte> json, in Hash256 block)
    {
        _bytes += EntryBytes + json.Length;
        if (_bytes > bytesMax)
        {
            IsFull = true;
            _entries = [];
        }

        if (!IsFull)
        {
            _entries = _entries.Add(new FilterEntry(json, block));
        }
    }
}
