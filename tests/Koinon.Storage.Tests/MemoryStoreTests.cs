namespace Koinon.Storage.Tests;

public sealed class MemoryStoreTests : StoreContract
{
    protected override IStore Open() => new MemoryStore(Both);

    [Fact]
    public void Clone_OfAStore_GoesItsOwnWay()
    {
        Put(Fruit, "apple", "red");
        using MemoryStore clone = ((MemoryStore)Store).Clone();
        Put(Fruit, "apple", "green");
        using (IWriteTransaction write = clone.BeginWrite())
        {
            write.Put(Fruit, "pear"u8, "yellow"u8);
            write.Commit();
        }

        Assert.Equal("green", Get(Fruit, "apple"));
        Assert.Null(Get(Fruit, "pear"));
        using IReadTransaction read = clone.BeginRead();
        Assert.True(read.TryGet(Fruit, "apple"u8, out ReadOnlySpan<byte> value));
        Assert.True(value.SequenceEqual("red"u8));
    }

    [Fact]
    public void Open_WithTwoTablesOfOneName_IsRefused()
    {
        ArgumentException refusal =
            Assert.Throws<ArgumentException>(() => new MemoryStore([new StoreTable("a"), new StoreTable("a")]));
        Assert.Contains("'a'", refusal.Message, StringComparison.Ordinal);
    }
}
