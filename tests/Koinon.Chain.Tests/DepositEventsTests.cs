using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Chain.Tests;

public class DepositEventsTests
{
    private static readonly int[] Offsets = [160, 256, 320, 384, 512];
    private static readonly int[] Lengths = [48, 32, 8, 96, 8];

    [Fact]
    public void TryAppend_OfTheContractsEvent_GivesTheFieldsInOrder()
    {
        using MemoryStream requests = new();

        Assert.True(DepositEvents.TryAppend(Event(), requests));

        byte[] request = requests.ToArray();
        Assert.Equal(DepositEvents.RequestBytes, request.Length);
        int at = 0;
        for (int field = 0; field < Lengths.Length; field++)
        {
            Assert.Equal(-1, request.AsSpan(at, Lengths[field]).IndexOfAnyExcept((byte)(field + 1)));
            at += Lengths[field];
        }
    }

    [Fact]
    public void TryAppend_OfAnyOtherOffsetOrLength_IsFalse()
    {
        using MemoryStream requests = new();
        List<int> words = [0, 1, 2, 3, 4];
        words.AddRange(Array.ConvertAll(Offsets, offset => offset / 32));
        foreach (int word in words)
        {
            for (int at = 0; at < 32; at++)
            {
                byte[] data = Event();
                data[word * 32 + at] ^= 1;

                Assert.False(DepositEvents.TryAppend(data, requests));
            }
        }

        Assert.Equal(0, requests.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(575)]
    [InlineData(577)]
    [InlineData(608)]
    public void TryAppend_OfAnotherLength_IsFalse(int length)
    {
        byte[] data = Event();
        Array.Resize(ref data, length);
        using MemoryStream requests = new();

        Assert.False(DepositEvents.TryAppend(data, requests));
    }

    [Fact]
    public void Matches_OfContractAndTopic_IsTrueForBothAlone()
    {
        Address contract = Address.Parse("0x4242424242424242424242424242424242424242");
        Hash256 topic = Hash256.Parse("0x649bbc62d0e31342afea4e5cd82d4049e7e1ee912fc0889aa790803be39038c5");

        Assert.True(DepositEvents.Matches(new Log(contract, [topic], default), contract));
        Assert.False(DepositEvents.Matches(new Log(contract, [], default), contract));
        Assert.False(DepositEvents.Matches(new Log(contract, [Hash256.Zero, topic], default), contract));
        Assert.False(DepositEvents.Matches(new Log(Address.Zero, [topic], default), contract));
    }

    private static byte[] Event()
    {
        byte[] data = new byte[576];
        for (int field = 0; field < Offsets.Length; field++)
        {
            new UInt256(0, 0, 0, (ulong)Offsets[field]).WriteBigEndian(data.AsSpan(field * 32, 32));
            new UInt256(0, 0, 0, (ulong)Lengths[field]).WriteBigEndian(data.AsSpan(Offsets[field], 32));
            data.AsSpan(Offsets[field] + 32, Lengths[field]).Fill((byte)(field + 1));
        }

        return data;
    }
}
