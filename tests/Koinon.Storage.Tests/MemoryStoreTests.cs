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
    public void TryRestore_OfASnapshot_BringsAllTablesBackAndLeavesTheSnapshot()
    {
        Put(Fruit, "apple", "red");
        using IReadTransaction then = Store.BeginRead();
        for (int round = 0; round < 2; round++)
        {
            Put(Fruit, "apple", "green");
            Put(Fruit, "pear", "yellow");
            using (IWriteTransaction write = Store.BeginWrite())
            {
                Assert.True(write.TryRestore(then));
                write.Put(Fruit, "plum"u8, "blue"u8);
                write.Commit();
            }

            Assert.Equal("red", Get(Fruit, "apple"));
            Assert.Null(Get(Fruit, "pear"));
            Assert.Equal("blue", Get(Fruit, "plum"));
            Assert.False(then.TryGet(Fruit, "plum"u8, out _));
        }
    }

    [Fact]
    public void TryRestore_OfAnotherStoresSnapshot_IsFalse()
    {
        using MemoryStore other = new(Both);
        using IReadTransaction foreign = other.BeginRead();
        using IWriteTransaction write = Store.BeginWrite();

        Assert.False(write.TryRestore(foreign));
    }

    [Fact]
    public void Open_WithTwoTablesOfOneName_IsRefused()
    {
        ArgumentException refusal =
            Assert.Throws<ArgumentException>(() => new MemoryStore([new StoreTable("a"), new StoreTable("a")]));
        Assert.Contains("'a'", refusal.Message, StringComparison.Ordinal);
    }
}
