using System.Buffers.Binary;

namespace Koinon.Storage.Tests.Memory;

/// <summary>What a store in memory takes beside its data.</summary>
[Collection(nameof(MemoryMeasured))]
public sealed class MemoryStoreSizeTests
{
    private static readonly StoreTable Table = new("numbers");

    [Theory]
    [InlineData(8, 20)]
    [InlineData(8, 800)]
    [InlineData(8, 3_000)]
    [InlineData(40, 12)]
    public void Put_OfNumbersInTheirOrder_TakesLittleMoreThanTheData(int keyLength, int valueLength)
    {
        const int Count = 5_000;
        byte[] key = new byte[keyLength];
        byte[] value = new byte[valueLength];
        using MemoryStore store = new([Table]);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < Count; i++)
        {
            // Of ten names, each has its numbers in turn.
            key[0] = (byte)(keyLength > sizeof(ulong) ? i % 10 : 0);
            BinaryPrimitives.WriteInt32BigEndian(key.AsSpan(keyLength - sizeof(int)), i);
            using IWriteTransaction write = store.BeginWrite();
            write.Put(Table, key, value);
            write.Commit();
        }

        long grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.InRange(grown, 0, Count * (keyLength + valueLength) * 110L / 100);
    }
}
