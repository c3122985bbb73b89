namespace Koinon.Storage.Tests;

public sealed class StoreTableTests
{
    [Fact]
    public void ToString_OfATable_IsItsName() => Assert.Equal("accounts", new StoreTable("accounts").ToString());
}
