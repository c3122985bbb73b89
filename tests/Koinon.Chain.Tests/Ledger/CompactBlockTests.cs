using FsCheck;
using FsCheck.Fluent;
using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.Rlp;

namespace Koinon.Chain.Tests.Ledger;

public sealed class CompactBlockTests
{
    private static readonly Gen<byte[]> Hashes = Gen.OneOf(
        Gen.Constant(new byte[32]),
        Gen.Constant(Hash256.AsSpan(BodyRoots.Empty).ToArray()),
        Gen.Constant(Hash256.AsSpan(BlockHeader.UnclesHashOf([])).ToArray()),
        Gen.Choose(0, 255).Select(static value => (byte)value).ArrayOf(32));

    private static readonly Gen<byte[]> Fields = Gen.OneOf(
        Hashes, Gen.Choose(0, 255).Select(static value => (byte)value).ArrayOf());

    [Fact]
    public void TryRead_OfWhatWasWritten_GivesTheBlockBack()
    {
        Gen<byte[]> blocks =
            from count in Gen.Choose(7, 24)
            from fields in Fields.ArrayOf(count)
            from hashes in Hashes.ArrayOf(count)
            from bits in Gen.OneOf(Gen.Choose(0, 20), Gen.Choose(100, 2_000))
            from seed in Gen.Choose(0, int.MaxValue)
            select Encode(fields, hashes, BloomOf(bits, seed));

        Prop.ForAll(blocks.ToArbitrary(), static block =>
        {
            RlpWriter writer = new(stackalloc byte[64]);
            CompactBlock.Write(ref writer, block);
            byte[] compact = writer.Written.ToArray();
            writer.Dispose();

            Assert.True(CompactBlock.TryRead(compact, out byte[]? again));
            Assert.Equal(block, again);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Write_OfABlockOfOnePayment_HalvesIt()
    {
        using TestChain chain = new("Osaka");
        byte[] block = chain.Commit(TestChain.Alice.Pay(TestChain.Bob.Address, 0)).Block.Encode();
        RlpWriter writer = new(stackalloc byte[64]);
        CompactBlock.Write(ref writer, block);

        Assert.InRange(writer.Written.Length, 1, block.Length * 6 / 10);
        writer.Dispose();
    }

    [Fact]
    public void TryRead_OfDamagedBytes_IsFalseOrGivesSomething()
    {
        Gen<byte[]> anything = Gen.Choose(0, 255).Select(static value => (byte)value).ArrayOf();
        Prop.ForAll(anything.ToArbitrary(), static bytes =>
        {
            CompactBlock.TryRead(bytes, out _);
        }).QuickCheckThrowOnFailure();
    }

    private static byte[] BloomOf(int bits, int seed)
    {
        byte[] bloom = new byte[Bloom.Size];
        Random random = new(seed);
        for (int i = 0; i < bits; i++) bloom[random.Next(bloom.Length)] |= (byte)(1 << random.Next(8));
        return bloom;
    }

    // Hashes where a header has them, anything elsewhere; then three lists.
    private static byte[] Encode(byte[][] fields, byte[][] hashes, byte[] bloom)
    {
        RlpWriter writer = new(stackalloc byte[64]);
        int block = writer.BeginList();
        int header = writer.BeginList();
        for (int i = 0; i < fields.Length; i++)
        {
            writer.Write(i == 6 ? bloom : i is 0 or 1 or 3 or 4 or 5 or 13 or 16 or 19 or 20 ? hashes[i] : fields[i]);
        }

        writer.EndList(header);
        writer.WriteRaw([0xc0, 0xc1, 0x05, 0xc0]);
        writer.EndList(block);
        byte[] encoded = writer.Written.ToArray();
        writer.Dispose();
        return encoded;
    }
}
