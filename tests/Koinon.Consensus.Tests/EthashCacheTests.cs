using System.Runtime.InteropServices;
using Koinon.Primitives;

namespace Koinon.Consensus.Tests;

public class EthashCacheTests
{
    private static readonly EthashCaches Caches = new();

    // The vector that Besu and older geth test with: a cache of 1,024 bytes, a data set of 32,768.
    [Fact]
    public void Compute_OnASmallCache_GivesThePublishedProof()
    {
        EthashCache cache = EthashCache.Build(Hash256.Zero, 1_024);

        EthashProof proof = cache.Compute(
            Hash256.Parse("0xc9149cc0386e689d789a1c2f3d5d169a61a6218ed30e74414dc736e442ef3d1f"), nonce: 0, 32_768);

        Assert.Equal(
            Hash256.Parse("0xe4073cffaef931d37117cefd9afd27ea0f1cad6a981dd2605c4a1ac97c519800"), proof.MixHash);
        Assert.Equal(Hash256.Parse("0xd3539235ee2e6f8db665c0a72169f55b7f6c605712330b778ec3944f0eb5a557"), proof.Result);
    }

    // ethereum/tests, PoWTests/ethash_tests.json.
    [Theory]
    [InlineData(
        "0x2a8de2adf89af77358250bf908bf04ba94a6e8c3ba87775564a41d269a05e4ce",
        0x4242_4242_4242_4242ul,
        "0x58f759ede17a706c93f13030328bcea40c1d1341fb26f2facd21ceb0dae57017",
        "0xdd47fd2d98db51078356852d7c4014e6a5d6c387c35f40e2875b74a256ed7906")]
    [InlineData(
        "0x100cbec5e5ef82991290d0d93d758f19082e71f234cf479192a8b94df6da6bfe",
        0x3076_92cf_71b1_2f6dul,
        "0xe55d02c555a7969361cf74a9ec6211d8c14e4517930a00442f171bdb1698d175",
        "0xab9b13423cface72cbec8424221651bc2e384ef0f7a560e038fc68c8d8684829")]
    public void Compute_OnTheFirstEpoch_GivesThePublishedProof(
        string sealHash, ulong nonce, string mixHash, string result)
    {
        EthashEpoch epoch = new(0);

        EthashProof proof = Caches.Get(epoch).Compute(Hash256.Parse(sealHash), nonce, epoch.DatasetBytes);

        Assert.Equal(Hash256.Parse(mixHash), proof.MixHash);
        Assert.Equal(Hash256.Parse(result), proof.Result);
    }

    [Fact]
    public void Build_OfTheFirstEpoch_HasThePublishedHash()
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(Caches.Get(new EthashEpoch(0)).Words);

        Assert.Equal(
            Hash256.Parse("0x35ded12eecf2ce2e8da2e15c06d463aae9b84cb2530a00b932e4bbc484cde353"), Hash256.Keccak(bytes));
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(63ul)]
    [InlineData(1ul << 31)]
    public void Build_OfASizeThatFitsNoItems_Throws(ulong sizeBytes) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => EthashCache.Build(Hash256.Zero, sizeBytes));

    [Theory]
    [InlineData("0x8000000000000000000000000000000000000000000000000000000000000000", 2ul, true)]
    [InlineData("0x8000000000000000000000000000000000000000000000000000000000000001", 2ul, false)]
    [InlineData("0x5555555555555555555555555555555555555555555555555555555555555555", 3ul, true)]
    [InlineData("0x5555555555555555555555555555555555555555555555555555555555555556", 3ul, false)]
    [InlineData("0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", 1ul, true)]
    [InlineData("0x0000000000000000000000000000000000000000000000000000000000000000", 0ul, false)]
    public void Meets_AtTheBound_IsExact(string result, ulong difficulty, bool meets) =>
        Assert.Equal(meets, new EthashProof(Hash256.Zero, Hash256.Parse(result)).Meets(difficulty));

    [Fact]
    public void Get_OfTheSameEpoch_GivesTheSameCache()
    {
        EthashCaches caches = new(epochsKept: 1);

        Assert.Same(caches.Get(new EthashEpoch(0)), caches.Get(new EthashEpoch(0)));
    }
}
