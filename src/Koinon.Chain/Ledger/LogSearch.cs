using Koinon.Primitives;
using Koinon.Storage;

namespace Koinon.Chain.Ledger;

/// <summary>A search for logs in the canonical chain, which goes on where it stopped.</summary>
/// <remarks>
/// One owner at a time. Each call of <see cref="Read(int, long)"/> reads one snapshot and ends it, so that a search of
/// any length holds nothing. The constraints are met by stepping from one to the other, each time over all blocks that
/// another rules out: the work follows the constraint that the fewest blocks meet, whatever the range.
/// </remarks>
public sealed class LogSearch
{
    private readonly IStore _store;
    private readonly BlockTables _tables;
    private readonly LogQuery _query;
    private readonly List<LogIndex.Entry[]> _constraints = [];

    internal LogSearch(IStore store, BlockTables tables, LogQuery query)
    {
        _store = store;
        _tables = tables;
        _query = query;
        Next = query.From;
        if (query.Addresses.Count > 0)
        {
            _constraints.Add([.. query.Addresses.Select(static address => LogIndex.Entry.Of(address)).Distinct()]);
        }

        for (int i = 0; i < query.Topics.Count; i++)
        {
            byte kind = (byte)(LogIndex.ByTopic + i);
            if (query.Topics[i].Count > 0)
            {
                _constraints.Add([.. query.Topics[i].Select(topic => new LogIndex.Entry(kind, topic)).Distinct()]);
            }
        }

        if (_constraints.Count == 0)
        {
            _constraints.Add([new LogIndex.Entry(LogIndex.Any, Hash256.Zero)]);
        }
    }

    /// <summary>The block from which the search goes on.</summary>
    public ulong Next { get; private set; }

    /// <summary>Whether nothing is left to be found.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>The work so far: how many times a place in the index was looked up.</summary>
    public long Steps { get; private set; }

    /// <summary>Finds the next blocks with logs.</summary>
    /// <param name="blocksMax">The most blocks.</param>
    /// <param name="stepsMax">The most work of this call, about: it bounds how long the snapshot is held.</param>
    public IReadOnlyList<LogMatch> Read(int blocksMax, long stepsMax)
    {
        List<LogMatch> matches = [];
        if (IsFinished)
        {
            return matches;
        }

        using IReadTransaction transaction = _store.BeginRead();
        List<LogPostings> postings = _constraints.ConvertAll(entries => new LogPostings(transaction, entries));
        try
        {
            Read(transaction, postings, matches, blocksMax, stepsMax);
        }
        finally
        {
            foreach (LogPostings constraint in postings)
            {
                Steps += constraint.Steps;
                constraint.Dispose();
            }
        }

        return matches;
    }

    private void Read(
        IReadTransaction transaction, List<LogPostings> postings, List<LogMatch> matches, int blocksMax, long stepsMax)
    {
        while (matches.Count < blocksMax && Sum(postings) < stepsMax)
        {
            ulong candidate = Next;
            foreach (LogPostings constraint in postings)
            {
                candidate = constraint.Seek(candidate);
                if (candidate > _query.To)
                {
                    IsFinished = true;
                    return;
                }
            }

            // The last constraint's block is a match once every other one stands there too.
            Next = candidate;
            if (postings.TrueForAll(constraint => constraint.Seek(candidate) == candidate))
            {
                Match(transaction, postings, matches, candidate);
                if (candidate == _query.To)
                {
                    IsFinished = true;
                    return;
                }

                Next = candidate + 1;
            }
        }
    }

    private void Match(IReadTransaction transaction, List<LogPostings> postings, List<LogMatch> matches, ulong number)
    {
        SortedSet<int> positions = postings[0].PositionsAt(number);
        for (int i = 1; i < postings.Count; i++)
        {
            positions.IntersectWith(postings[i].PositionsAt(number));
        }

        if (positions.Count > 0 && _tables.Read(transaction, number) is { } block)
        {
            matches.Add(new LogMatch(block, [.. positions]));
        }
    }

    private static long Sum(List<LogPostings> postings)
    {
        long steps = 0;
        foreach (LogPostings constraint in postings)
        {
            steps += constraint.Steps;
        }

        return steps;
    }
}
