using Koinon.Storage;

namespace Koinon.Chain.Ledger;

/// <summary>The blocks that have logs with any of some names, in order: one constraint of a query.</summary>
/// <remarks>It lives as long as the read transaction that it was made over.</remarks>
internal sealed class LogPostings : IDisposable
{
    private readonly LogIndex.Entry[] _entries;
    private readonly IStoreCursor[] _cursors;
    private readonly ulong?[] _blocks;

    /// <summary>Opens the postings of some names; none of them stands anywhere yet.</summary>
    internal LogPostings(IReadTransaction transaction, LogIndex.Entry[] entries)
    {
        _entries = entries;
        _cursors = new IStoreCursor[entries.Length];
        _blocks = new ulong?[entries.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            _cursors[i] = transaction.OpenCursor(LedgerTables.Logs);
        }
    }

    /// <summary>How many times a cursor was moved.</summary>
    internal long Steps { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IStoreCursor cursor in _cursors)
        {
            cursor.Dispose();
        }
    }

    /// <summary>Goes to the first block at or after one; <see cref="ulong.MaxValue"/> where there is none.</summary>
    internal ulong Seek(ulong number)
    {
        ulong first = ulong.MaxValue;
        for (int i = 0; i < _entries.Length; i++)
        {
            if (_blocks[i] is not { } block || block < number)
            {
                block = Seek(i, number);
                _blocks[i] = block;
            }

            first = Math.Min(first, block);
        }

        return first;
    }

    /// <summary>The positions of the logs in the block at which it stands.</summary>
    internal SortedSet<int> PositionsAt(ulong number)
    {
        SortedSet<int> positions = [];
        for (int i = 0; i < _entries.Length; i++)
        {
            if (_blocks[i] == number)
            {
                LogIndex.Decode(_cursors[i].Value, positions);
            }
        }

        return positions;
    }

    private ulong Seek(int index, ulong number)
    {
        Steps++;
        Span<byte> buffer = stackalloc byte[LogIndex.KeySizeMax];
        ReadOnlySpan<byte> wanted = _entries[index].WriteKey(buffer, number);
        int prefix = _entries[index].PrefixSize;
        IStoreCursor cursor = _cursors[index];
        return cursor.Seek(wanted)
            && cursor.Key.Length == wanted.Length
            && cursor.Key[..prefix].SequenceEqual(wanted[..prefix])
            ? LedgerKeys.Number(cursor.Key[prefix..])
            : ulong.MaxValue;
    }
}
