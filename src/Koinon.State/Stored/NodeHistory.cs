using Koinon.Storage;

namespace Koinon.State.Stored;

/// <summary>The nodes that a block replaced, as they were before it.</summary>
/// <param name="transaction">Where they stand.</param>
/// <param name="number">The block.</param>
internal sealed class NodeHistory(IWriteTransaction transaction, ulong number)
{
    private const int AtOnce = 256;

    /// <summary>Every one of them: its name, and its encoding, which is empty where there was none.</summary>
    /// <remarks>Some are copied at a time, so that the transaction may write in between.</remarks>
    internal IEnumerable<(byte[] Name, byte[] Before)> Nodes()
    {
        byte[] next = new byte[StateKeys.NumberLength];
        StateKeys.WriteNumber(number, next);
        List<(byte[] Name, byte[] Before)> part = [];
        bool more = true;
        while (more)
        {
            more = Copy(ref next, part);
            foreach ((byte[] Name, byte[] Before) node in part)
            {
                yield return node;
            }

            part.Clear();
        }
    }

    /// <summary>Drops them.</summary>
    /// <param name="isIndexed">Whether they are to be found by their path too.</param>
    internal void Drop(bool isIndexed)
    {
        if (isIndexed)
        {
            foreach ((byte[] name, byte[] _) in Nodes())
            {
                byte[] index = new byte[name.Length + StateKeys.NumberLength];
                name.CopyTo(index, 0);
                StateKeys.WriteNumber(number, index.AsSpan(name.Length));
                transaction.Delete(StateTables.TrieHistoryIndex, index);
            }
        }

        StatePruning.DropAllOf(transaction, StateTables.TrieHistory, number);
    }

    private bool Copy(ref byte[] next, List<(byte[] Name, byte[] Before)> part)
    {
        ReadOnlySpan<byte> prefix = next.AsSpan(0, StateKeys.NumberLength);
        using IStoreCursor cursor = transaction.OpenCursor(StateTables.TrieHistory);
        bool more = cursor.Seek(next) && cursor.Key.StartsWith(prefix);
        while (more && part.Count < AtOnce)
        {
            part.Add((cursor.Key[StateKeys.NumberLength..].ToArray(), cursor.Value.ToArray()));
            more = cursor.MoveNext() && cursor.Key.StartsWith(prefix);
        }

        if (more)
        {
            next = cursor.Key.ToArray();
        }

        return more;
    }
}
