using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Koinon.Storage.Memory;

/// <summary>Entries in the order of their keys, packed into one page.</summary>
/// <remarks>
/// <para>A page is written once, from its beginning to its end: a new version of a leaf appends its entry to the page
/// that the version before uses too, and has its own list of places. What is replaced or removed stays in the page
/// until the leaf is packed anew. So a change costs its own bytes and the places, not the page.</para>
/// <para>Who may append is settled by the page itself, which counts the bytes in use: only the version that saw all
/// of them. Whoever goes on from an older one (after a transaction without commit, or in a clone) packs anew.</para>
/// </remarks>
internal sealed class MemoryLeaf : MemoryNode
{
    /// <summary>About the most bytes of a page.</summary>
    public const int PageMax = 4096;

    /// <summary>About the most bytes of a page at the end of a table, to which entries come in order: none is moved to
    /// make room for another.</summary>
    public const int LastPageMax = 16 * 1024;

    /// <summary>The most entries.</summary>
    public const int CountMax = 256;

    /// <summary>Bytes that a page has to spare at least, when it is made for more.</summary>
    private const int RoomFew = 256;

    private readonly byte[] _page;
    private readonly int _shared;
    private ushort[] _places;
    private byte[]?[] _apart = [];
    private int _apartCount;
    private int _used;
    private int _live;
    private bool _ownsPlaces;

    private MemoryLeaf(long edit, ReadOnlySpan<byte> shared, int capacity, int count)
        : base(edit)
    {
        _page = GC.AllocateUninitializedArray<byte>(capacity);
        _shared = shared.Length;
        shared.CopyTo(_page.AsSpan(MemoryEntry.PageHead));
        Used = _used = MemoryEntry.PageHead + shared.Length;
        _places = new ushort[count];
        _ownsPlaces = true;
    }

    private MemoryLeaf(long edit, MemoryLeaf source)
        : base(edit)
    {
        Count = source.Count;
        _page = source._page;
        _shared = source._shared;
        _places = source._places;
        _apart = source._apart;
        _apartCount = source._apartCount;
        _used = source._used;
        _live = source._live;
    }

    /// <summary>The entry at a place.</summary>
    public MemoryEntry this[int at] => new(_page, _places[at], _shared, _apart);

    /// <summary>What all keys begin with.</summary>
    public ReadOnlySpan<byte> Shared => _page.AsSpan(MemoryEntry.PageHead, _shared);

    /// <summary>Bytes that its page would take without what is no longer there.</summary>
    public int Size => MemoryEntry.PageHead + _shared + _live;

    /// <summary>Bytes of its page.</summary>
    public int Capacity => _page.Length;

    private ref int Used => ref MemoryMarshal.AsRef<int>(_page.AsSpan(0, sizeof(int)));

    /// <summary>A leaf of one entry.</summary>
    /// <param name="edit">The transaction.</param>
    /// <param name="key">Its key.</param>
    /// <param name="value">Its value.</param>
    /// <param name="shared">How much of the key those that follow are likely to begin with.</param>
    /// <param name="capacity">Bytes of the page, if it needs no more.</param>
    public static MemoryLeaf Of(
        long edit, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, int shared, int capacity)
    {
        int size = MemoryEntry.PageHead + shared + MemoryEntry.SizeOf(key.Length - shared, CodeOf(value, 0));
        MemoryLeaf leaf = new(edit, key[..shared], Math.Max(size, capacity), count: 4);
        leaf.TryPut(0, key, value);
        return leaf;
    }

    /// <summary>The first entry whose key is not lower than one; the count of them for none.</summary>
    public int LowerBound(ReadOnlySpan<byte> key, out bool isEqual)
    {
        isEqual = false;
        byte[] page = _page;
        ReadOnlySpan<byte> shared = Shared;
        if (!key.StartsWith(shared)) return key.SequenceCompareTo(shared) < 0 ? 0 : Count;

        key = key[shared.Length..];
        ulong prefix = PrefixOf(key);
        ReadOnlySpan<ushort> places = _places.AsSpan(0, Count);
        int low = 0, high = places.Length;
        while (low < high)
        {
            int middle = (int)((uint)(low + high) >> 1);
            ReadOnlySpan<byte> rest = MemoryEntry.RestAt(page, places[middle]);
            ulong other = rest.Length >= sizeof(ulong) ? BinaryPrimitives.ReadUInt64BigEndian(rest) : PrefixOf(rest);
            int order = other != prefix ? (other < prefix ? -1 : 1) : rest.SequenceCompareTo(key);
            if (order == 0)
            {
                isEqual = true;
                return middle;
            }

            if (order < 0) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>The leaf itself where the transaction may change it, else another version of it.</summary>
    public MemoryLeaf Own(long transaction) => IsOf(transaction) ? this : new MemoryLeaf(transaction, this);

    /// <summary>Adds an entry, if the page has room; its key begins with what is shared.</summary>
    public bool TryPut(int at, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (!TryAppend(key, value, out int place)) return false;

        if (at < Count || Count == _places.Length)
        {
            OwnPlaces(room: at == Count ? 2 + (Count / 4) : 1);
            _places.AsSpan(at, Count - at).CopyTo(_places.AsSpan(at + 1));
        }

        _places[at] = (ushort)place;
        Count++;
        return true;
    }

    /// <summary>Puts a value in the place of another one, if the page has room.</summary>
    public bool TryReplace(int at, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (!TryAppend(key, value, out int place)) return false;

        Forget(at);
        OwnPlaces(room: 0);
        _places[at] = (ushort)place;
        return true;
    }

    /// <summary>Takes entries out.</summary>
    public void Remove(int at, int count)
    {
        for (int i = at; i < at + count; i++) Forget(i);
        OwnPlaces(room: 0);
        _places.AsSpan(at + count, Count - at - count).CopyTo(_places.AsSpan(at));
        Count -= count;
    }

    /// <summary>How many bytes all keys would share if another one came to some of them.</summary>
    public int SharedWith(int from, int to, ReadOnlySpan<byte> key)
    {
        int shared = SharedOf(from, to);
        if (shared < 0) return key.Length;

        Span<byte> first = stackalloc byte[StoreKey.LengthMax];
        this[from].CopyKey(first);
        return first[..shared].CommonPrefixLength(key);
    }

    /// <summary>How many bytes all keys of a range share; negative for those of an empty one.</summary>
    public int SharedOf(int from, int to) =>
        from == to ? -1 : _shared + this[from].Rest.CommonPrefixLength(this[to - 1].Rest);

    /// <summary>Bytes that the entries of a range would take beside the page's head, if less or more were shared.
    /// </summary>
    public int SizeWith(int from, int to, int shared)
    {
        if (shared == _shared && from == 0 && to == Count) return _live;

        int size = 0;
        for (int i = from; i < to; i++)
        {
            MemoryEntry entry = this[i];
            int value = entry.Apart < 0 ? 2 * entry.Value.Length : (2 * entry.Apart) + 1;
            size += MemoryEntry.SizeOf(entry.KeyLength - shared, value);
        }

        return size;
    }

    /// <summary>A leaf with a page of its own, of some of the entries.</summary>
    /// <param name="edit">The transaction.</param>
    /// <param name="from">The first.</param>
    /// <param name="to">Behind the last.</param>
    /// <param name="shared">What all of them, and what is to come, begin with.</param>
    /// <param name="room">Bytes to spare.</param>
    public MemoryLeaf Pack(long edit, int from, int to, int shared, int room)
    {
        int size = MemoryEntry.PageHead + shared + SizeWith(from, to, shared) + room;
        Span<byte> key = stackalloc byte[StoreKey.LengthMax];
        this[from].CopyKey(key);
        MemoryLeaf packed = new(edit, key[..shared], size, to - from + (room == 0 ? 0 : 2));
        packed.Append(this, from, to);
        return packed;
    }

    /// <summary>Adds entries of another leaf behind its own; the page is its own, and has room for them.</summary>
    public void Append(MemoryLeaf other, int from, int to)
    {
        if (_places.Length < Count + to - from) Array.Resize(ref _places, Count + to - from);
        int more = _shared - other._shared;
        for (int i = from; i < to; i++)
        {
            MemoryEntry entry = other[i];
            _places[Count++] = (ushort)_used;
            int size = entry.Apart < 0 && more == 0
                ? entry.CopyTo(_page.AsSpan(_used))
                : Rewrite(entry, other._apart);
            _used += size;
            _live += size;
        }

        Used = _used;
    }

    /// <summary>Bytes to spare for more entries like one that comes.</summary>
    /// <param name="size">Bytes of all entries, and the one that comes.</param>
    /// <param name="isAppended">Whether it comes behind all others, as the next ones will.</param>
    /// <param name="most">Most bytes of the page.</param>
    public static int RoomFor(int size, bool isAppended, int most = PageMax)
    {
        int room = isAppended ? Math.Max(RoomFew, size) : Math.Max(RoomFew, size / 8);
        return Math.Max(0, Math.Min(room, most - size));
    }

    /// <summary>How the length of a value, or its place apart, is written.</summary>
    public static int CodeOf(ReadOnlySpan<byte> value, int apart) =>
        value.Length <= MemoryEntry.ValueMax ? 2 * value.Length : (2 * apart) + 1;

    private int Rewrite(in MemoryEntry entry, byte[]?[] apart)
    {
        Span<byte> key = stackalloc byte[StoreKey.LengthMax];
        key = key[_shared..entry.CopyKey(key)];
        ReadOnlySpan<byte> value = entry.Value;
        int code = CodeOf(value, _apartCount);
        int keyAt = MemoryEntry.Write(_page, _used, key.Length, code);
        key.CopyTo(_page.AsSpan(keyAt));
        if ((code & 1) == 0) value.CopyTo(_page.AsSpan(keyAt + key.Length));
        else Keep(apart[entry.Apart]!);
        return MemoryEntry.SizeOf(key.Length, code);
    }

    // Takes the bytes behind those in use, unless the page has too few of them or another version took them.
    private bool TryAppend(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, out int place)
    {
        key = key[_shared..];
        int code = CodeOf(value, _apartCount);
        int size = MemoryEntry.SizeOf(key.Length, code);
        place = _used;
        if (_page.Length - place < size || Interlocked.CompareExchange(ref Used, place + size, place) != place)
        {
            return false;
        }

        int keyAt = MemoryEntry.Write(_page, place, key.Length, code);
        key.CopyTo(_page.AsSpan(keyAt));
        if ((code & 1) == 0) value.CopyTo(_page.AsSpan(keyAt + key.Length));
        else Keep(value.ToArray());
        _used += size;
        _live += size;
        return true;
    }

    // Behind the count of every version that shares the array, as with places.
    private void Keep(byte[] value)
    {
        if (_apartCount == _apart.Length) Array.Resize(ref _apart, Math.Max(4, 2 * _apartCount));
        _apart[_apartCount++] = value;
    }

    private void Forget(int at)
    {
        MemoryEntry entry = this[at];
        _live -= entry.Size;
        if (entry.Apart < 0) return;

        // Older versions have it still.
        byte[]?[] apart = [.. _apart];
        apart[entry.Apart] = null;
        _apart = apart;
    }

    private void OwnPlaces(int room)
    {
        if (_ownsPlaces && Count + Math.Min(room, 1) <= _places.Length) return;

        ushort[] places = new ushort[Math.Min(CountMax, Count + (_ownsPlaces ? Math.Max(room, Count / 2) : room))];
        _places.AsSpan(0, Count).CopyTo(places);
        _places = places;
        _ownsPlaces = true;
    }
}
