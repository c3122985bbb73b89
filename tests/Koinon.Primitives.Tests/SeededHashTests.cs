namespace Koinon.Primitives.Tests;

/// <summary>Nobody can choose keys that collide: families that cancel out under weaker mixing stay apart.</summary>
public sealed class SeededHashTests
{
    private const int Keys = 10_000;

    [Fact]
    public void GetHashCode_HalvesOfALimbThatCancel_StayApart() =>
        ShouldStayApart(static i => new UInt256(0, 0, 0, (i << 32) | i).GetHashCode());

    [Fact]
    public void GetHashCode_LimbsThatCancel_StayApart() =>
        ShouldStayApart(static i => new UInt256(i, i, i, i).GetHashCode());

    [Fact]
    public void GetHashCode_LimbsThatCancelRotated_StayApart() =>
        ShouldStayApart(static i => new UInt256(0, i, 0, ulong.RotateLeft(i, 29)).GetHashCode());

    [Fact]
    public void GetHashCode_AddressesAndDigestsThatDifferLittle_StayApart()
    {
        ShouldStayApart(static i => Address.FromWord(new UInt256(0, i, i, i << 32)).GetHashCode());
        ShouldStayApart(static i => Hash256.FromWord(new UInt256(i << 32, i, 0, i)).GetHashCode());
    }

    [Fact]
    public void Mix_OtherSalt_IsAnotherHash() =>
        Assert.NotEqual(SeededHash.Mix(1, 2, 3, 4, 0), SeededHash.Mix(1, 2, 3, 4, 1));

    // 10,000 codes of 32 bits: two of them agree by chance about once in eighty runs, ten never.
    private static void ShouldStayApart(Func<ulong, int> hashOf)
    {
        HashSet<int> codes = [];
        for (ulong i = 0; i < Keys; i++)
        {
            codes.Add(hashOf(i));
        }

        Assert.InRange(codes.Count, Keys - 10, Keys);
    }
}
