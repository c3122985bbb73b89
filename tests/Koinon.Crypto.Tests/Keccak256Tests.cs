namespace Koinon.Crypto.Tests;

public sealed class Keccak256Tests
{
    [Fact]
    public void HashBytes_Is_32() => Assert.Equal(32, Keccak256.HashBytes);
}
