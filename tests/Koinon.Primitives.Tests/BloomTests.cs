using FsCheck;
using FsCheck.Fluent;

namespace Koinon.Primitives.Tests;

public sealed class BloomTests
{
    [Fact]
    public void Add_OfAKnownAddress_SetsTheBitsOfTheYellowPaper()
    {
        // Keccak-256 of the address begins with bytes that name these three bits, counted from the low end.
        byte[] address = Hex.Decode("0x0000000000000000000000000000000000000123");
        Hash256 hash = Hash256.Keccak(address);
        byte[] digest = Hash256.AsSpan(in hash).ToArray();
        byte[] expected = new byte[Bloom.Size];
        for (int i = 0; i < 6; i += 2)
        {
            int bit = ((digest[i] * 256) + digest[i + 1]) % 2048;
            expected[255 - (bit / 8)] |= (byte)(1 << (bit % 8));
        }

        Bloom bloom = default;
        bloom.Add(address);

        Assert.Equal(Hex.Encode(expected), bloom.ToString());
    }

    [Fact]
    public void Contains_OfEverythingAdded_IsTrue() =>
        Prop.ForAll((byte[][] entries) =>
        {
            Bloom bloom = default;
            foreach (byte[] entry in entries)
            {
                bloom.Add(entry);
            }

            return bloom.IsEmpty == (entries.Length == 0) && entries.All(entry => bloom.Contains(entry));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Or_OfTwoFilters_ContainsBothAndIsTheFilterOfAll() =>
        Prop.ForAll((byte[][] left, byte[][] right) =>
        {
            Bloom a = Of(left);
            Bloom b = Of(right);
            Bloom both = a;
            both.Or(in b);
            Bloom all = Of([.. left, .. right]);
            return both == all
                && both.ContainsAll(in a)
                && both.ContainsAll(in b)
                && a.ContainsAll(in both) == (a == both);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Contains_OnTheEmptyFilter_IsFalse() => Assert.False(default(Bloom).Contains([1, 2, 3]));

    [Fact]
    public void TryParse_OfItsOwnText_GivesItBack()
    {
        Bloom bloom = Of([[1], [2], [3]]);

        Assert.True(Bloom.TryParse(bloom.ToString(), out Bloom parsed));
        Assert.True(bloom == parsed);
        Assert.Equal(bloom.GetHashCode(), parsed.GetHashCode());
        Assert.False(Bloom.TryParse("0x00", out _));
    }

    [Fact]
    public void Constructor_OfAnotherLength_Throws() =>
        Assert.Throws<ArgumentException>(() => new Bloom(new byte[255]));

    private static Bloom Of(byte[][] entries)
    {
        Bloom bloom = default;
        foreach (byte[] entry in entries)
        {
            bloom.Add(entry);
        }

        return bloom;
    }
}
