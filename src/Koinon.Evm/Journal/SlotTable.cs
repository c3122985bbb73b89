using System.Runtime.CompilerServices;
using Koinon.Primitives;

namespace Koinon.Evm.Journal;

/// <summary>Slots by account and key: an open-addressing table over an array of records.</summary>
/// <remarks>
/// Keys are chosen by strangers, so the hash is keyed at random. Clearing costs what was used, not what is reserved.
/// Not thread-safe.
/// </remarks>
internal sealed class SlotTable
{
    private const int CapacityMin = 64;

    private SlotRecord[] _records = new SlotRecord[CapacityMin];
    private int[] _buckets = new int[2 * CapacityMin];

    /// <summary>Records in use.</summary>
    internal int Count { get; private set; }

    internal ref SlotRecord this[int index] => ref _records[index];

    /// <summary>The index of a slot, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Find(int account, in UInt256 key)
    {
        int[] buckets = _buckets;
        int mask = buckets.Length - 1;
        for (int bucket = HashOf(account, key) & mask; ; bucket = (bucket + 1) & mask)
        {
            int index = buckets[bucket] - 1;
            if (index < 0)
            {
                return -1;
            }

            ref SlotRecord record = ref _records[index];
            if (record.Key == key && record.Account == account)
            {
                return index;
            }
        }
    }

    /// <summary>Adds a slot that is not there yet.</summary>
    internal int Add(int account, in UInt256 key, in UInt256 original)
    {
        if (Count == _records.Length)
        {
            Grow();
        }

        int bucket = FreeBucket(HashOf(account, key));
        int index = Count++;
        _buckets[bucket] = index + 1;
        ref SlotRecord record = ref _records[index];
        record.Key = key;
        record.Current = original;
        record.Original = original;
        record.Account = account;
        record.Bucket = bucket;
        record.IsWarm = false;
        return index;
    }

    /// <summary>Forgets every slot.</summary>
    internal void Clear()
    {
        for (int i = 0; i < Count; i++)
        {
            _buckets[_records[i].Bucket] = 0;
        }

        Count = 0;
    }

    private int FreeBucket(int hash)
    {
        int mask = _buckets.Length - 1;
        int bucket = hash & mask;
        while (_buckets[bucket] != 0)
        {
            bucket = (bucket + 1) & mask;
        }

        return bucket;
    }

    private void Grow()
    {
        Array.Resize(ref _records, 2 * _records.Length);
        _buckets = new int[2 * _records.Length];
        for (int i = 0; i < Count; i++)
        {
            ref SlotRecord record = ref _records[i];
            record.Bucket = FreeBucket(HashOf(record.Account, record.Key));
            _buckets[record.Bucket] = i + 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int HashOf(int account, in UInt256 key)
    {
        ulong hash = SeededHash.Mix(key.U0, key.U1, key.U2, key.U3, (ulong)account);
        return (int)(hash & int.MaxValue);
    }
}
