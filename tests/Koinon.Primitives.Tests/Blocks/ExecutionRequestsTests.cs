using System.Security.Cryptography;
using Koinon.Primitives.Blocks;

namespace Koinon.Primitives.Tests.Blocks;

public sealed class ExecutionRequestsTests
{
    [Fact]
    public void ComputeHash_OfNone_IsTheDigestOfNoBytes() =>
        Assert.Equal(
            "0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            ExecutionRequests.None.ComputeHash().ToString());

    [Fact]
    public void ComputeHash_OfSome_LeavesOutThoseWithoutData()
    {
        ExecutionRequests requests = new([new(0, new byte[] { 1, 2 }), new(1, default), new(2, new byte[] { 3 })]);
        byte[] expected = SHA256.HashData(
            [.. SHA256.HashData(new byte[] { 0, 1, 2 }), .. SHA256.HashData(new byte[] { 2, 3 })]);

        Assert.Equal(new Hash256(expected), requests.ComputeHash());
    }
}
