using Koinon.Node.Forking;
using Koinon.Primitives;

namespace Koinon.Node.Tests.Forking;

public sealed class ForkCacheTests : IDisposable
{
    private static readonly Hash256 Block = Hash256.Keccak("block"u8);
    private static readonly Address Someone = Address.Parse("0x00000000000000000000000000000000000000aa");
    private static readonly Address Nobody = Address.Parse("0x00000000000000000000000000000000000000bb");

    private readonly string _root = Directory.CreateTempSubdirectory("koinon-fork").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Refresh_AfterASave_KnowsWhatWasSaved()
    {
        ForkCache.Open(_root, 1, Block)!.Save(Facts(slot: 7));

        RemoteFacts found = ForkCache.Open(_root, 1, Block)!.Refresh();

        Assert.Equal(5ul, found.Accounts[Someone]!.Value.Nonce);
        Assert.Null(found.Accounts[Nobody]);
        Assert.Equal((UInt256)99u, found.Slots[(Someone, 7)]);
        Assert.Equal(Block, found.Hashes[3]);
        Assert.Equal([0x60, 0x00], found.Codes[found.Accounts[Someone]!.Value.CodeHash].ToArray());
    }

    [Fact]
    public void Refresh_WhileAnotherProcessSaves_BringsWhatIsNewAndNothingTwice()
    {
        ForkCache mine = ForkCache.Open(_root, 1, Block)!;
        ForkCache other = ForkCache.Open(_root, 1, Block)!;

        mine.Save(Facts(slot: 1));
        other.Save(Facts(slot: 2));

        Assert.Equal([(Someone, (UInt256)2u)], mine.Refresh().Slots.Keys);
        Assert.True(mine.Refresh().IsEmpty);
    }

    [Fact]
    public void Refresh_OfAnotherBlockOrChain_KnowsNothing()
    {
        ForkCache.Open(_root, 1, Block)!.Save(Facts(slot: 1));

        Assert.True(ForkCache.Open(_root, 2, Block)!.Refresh().IsEmpty);
        Assert.True(ForkCache.Open(_root, 1, Hash256.Zero)!.Refresh().IsEmpty);
    }

    [Fact]
    public void Refresh_OfDamagedFiles_TakesTheSoundOnes()
    {
        ForkCache.Open(_root, 1, Block)!.Save(Facts(slot: 1));
        string folder = Path.GetDirectoryName(Directory.GetFiles(_root, "*.facts", SearchOption.AllDirectories)[0])!;
        byte[] sound = File.ReadAllBytes(Directory.GetFiles(folder)[0]);
        File.WriteAllBytes(Path.Combine(folder, Hash256.Keccak("a"u8) + ".facts"), sound[..^5]);
        File.WriteAllBytes(Path.Combine(folder, "nonsense.facts"), [1, 2, 3]);

        Assert.Single(ForkCache.Open(_root, 1, Block)!.Refresh().Slots);
    }

    [Fact]
    public void Save_OfManySmallFiles_MakesThemOne()
    {
        ForkCache cache = ForkCache.Open(_root, 1, Block)!;

        for (uint slot = 0; slot < 200; slot++)
        {
            cache.Save(Facts(slot));
        }

        Assert.InRange(Directory.GetFiles(_root, "*.facts", SearchOption.AllDirectories).Length, 1, 64);
        Assert.Equal(200, ForkCache.Open(_root, 1, Block)!.Refresh().Slots.Count);
    }

    [Fact]
    public void FindAnswer_OfASavedOne_HoldsForMethodAndParameters()
    {
        RemoteCall call = RemoteCall.Of("eth_getBlockByNumber", "\"0x1\"", "false");
        ForkCache.Open(_root, 1, Block)!.SaveAnswer(call, "{}"u8.ToArray());

        ForkCache cache = ForkCache.Open(_root, 1, Block)!;
        Assert.Equal("{}"u8.ToArray(), cache.FindAnswer(call)!.Value.ToArray());
        Assert.Null(cache.FindAnswer(RemoteCall.Of("eth_getBlockByNumber", "\"0x1\"", "true")));
    }

    private static RemoteFacts Facts(uint slot)
    {
        RemoteFacts facts = new();
        facts.Note(Someone, 5, 1_000u, new byte[] { 0x60, 0x00 });
        facts.Note(Nobody, 0, 0u, default);
        facts.Slots[(Someone, slot)] = 99u;
        facts.Hashes[3] = Block;
        return facts;
    }
}
