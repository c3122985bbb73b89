using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Storage;

namespace Koinon.Chain.Ledger;

/// <summary>The table by which logs are found: (address, or topic and its position; block) → positions of
/// logs.</summary>
/// <remarks>
/// A key is one byte for the kind, the address or topic, the number; a value the positions in the block as differences,
/// seven bits a byte. The kind <see cref="Any"/> has no name in its key and tells which blocks have logs at all.
/// </remarks>
internal static class LogIndex
{
    /// <summary>The kind of entries that every log is in.</summary>
    internal const byte Any = 0;

    /// <summary>The kind of entries by contract.</summary>
    internal const byte ByAddress = 1;

    /// <summary>The kind of entries by first topic; those of later topics follow.</summary>
    internal const byte ByTopic = 2;

    /// <summary>The longest key.</summary>
    internal const int KeySizeMax = 1 + Hash256.Size + LedgerKeys.NumberSize;

    /// <summary>Writes the entries of a block.</summary>
    internal static void Write(IWriteTransaction transaction, LedgerBlock block)
    {
        Span<byte> key = stackalloc byte[KeySizeMax];
        Span<byte> buffer = stackalloc byte[512];
        foreach ((Entry entry, List<int> positions) in EntriesOf(block))
        {
            int size = positions.Count * 5;
            Span<byte> value = size <= buffer.Length ? buffer : new byte[size];
            int length = Encode(positions, value);
            transaction.Put(LedgerTables.Logs, entry.WriteKey(key, block.Number), value[..length]);
        }
    }

    /// <summary>Removes the entries of a block.</summary>
    internal static void Delete(IWriteTransaction transaction, LedgerBlock block)
    {
        Span<byte> key = stackalloc byte[KeySizeMax];
        foreach (Entry entry in EntriesOf(block).Keys)
        {
            transaction.Delete(LedgerTables.Logs, entry.WriteKey(key, block.Number));
        }
    }

    /// <summary>Holds the entries of a block against what its receipts give.</summary>
    /// <returns>How many entries it should have.</returns>
    internal static int Check(IReadTransaction transaction, LedgerBlock block, out int missing)
    {
        Span<byte> key = stackalloc byte[KeySizeMax];
        Dictionary<Entry, List<int>> entries = EntriesOf(block);
        missing = 0;
        foreach ((Entry entry, List<int> positions) in entries)
        {
            byte[] value = new byte[positions.Count * 5];
            ReadOnlySpan<byte> right = value.AsSpan(0, Encode(positions, value));
            bool isThere = transaction.TryGet(
                LedgerTables.Logs, entry.WriteKey(key, block.Number), out ReadOnlySpan<byte> found);
            if (!isThere || !found.SequenceEqual(right)) missing++;
        }

        return entries.Count;
    }

    /// <summary>Adds the positions that a value holds.</summary>
    internal static void Decode(ReadOnlySpan<byte> value, SortedSet<int> positions)
    {
        int position = -1;
        for (int i = 0; i < value.Length;)
        {
            int difference = 0;
            int shift = 0;
            byte piece;
            do
            {
                piece = value[i++];
                difference |= (piece & 0x7f) << shift;
                shift += 7;
            }
            while (piece >= 0x80 && i < value.Length);
            position += difference + 1;
            positions.Add(position);
        }
    }

    private static int Encode(List<int> positions, Span<byte> value)
    {
        int length = 0;
        int last = -1;
        foreach (int position in positions)
        {
            uint difference = (uint)(position - last - 1);
            for (; difference >= 0x80; difference >>= 7)
            {
                value[length++] = (byte)(difference & 0x7f | 0x80);
            }

            value[length++] = (byte)difference;
            last = position;
        }

        return length;
    }

    private static Dictionary<Entry, List<int>> EntriesOf(LedgerBlock block)
    {
        Dictionary<Entry, List<int>> entries = [];
        int position = 0;
        foreach (Receipt receipt in block.Receipts)
        {
            foreach (Log log in receipt.Logs)
            {
                Add(entries, new Entry(Any, Hash256.Zero), position);
                Add(entries, Entry.Of(log.Address), position);
                for (int i = 0; i < log.Topics.Count; i++)
                {
                    Add(entries, new Entry((byte)(ByTopic + i), log.Topics[i]), position);
                }

                position++;
            }
        }

        return entries;
    }

    private static void Add(Dictionary<Entry, List<int>> entries, in Entry entry, int position)
    {
        if (!entries.TryGetValue(entry, out List<int>? positions))
        {
            positions = [];
            entries.Add(entry, positions);
        }

        positions.Add(position);
    }

    /// <summary>What logs are found by: a kind, and an address or a topic.</summary>
    internal readonly record struct Entry(byte Kind, Hash256 Name)
    {
        /// <summary>The entry of a contract; its address stands at the front of the name.</summary>
        internal static Entry Of(in Address address)
        {
            Span<byte> name = stackalloc byte[Hash256.Size];
            name.Clear();
            address.CopyTo(name);
            return new Entry(ByAddress, new Hash256(name));
        }

        /// <summary>Bytes of a key before the number.</summary>
        internal int PrefixSize => Kind switch
        {
            Any => 1,
            ByAddress => 1 + Address.Size,
            _ => 1 + Hash256.Size,
        };

        /// <summary>Writes the key for a block.</summary>
        internal ReadOnlySpan<byte> WriteKey(Span<byte> key, ulong number)
        {
            Span<byte> name = stackalloc byte[Hash256.Size];
            Name.CopyTo(name);
            key[0] = Kind;
            name[..(PrefixSize - 1)].CopyTo(key[1..]);
            LedgerKeys.Number(key[PrefixSize..], number);
            return key[..(PrefixSize + LedgerKeys.NumberSize)];
        }
    }
}
