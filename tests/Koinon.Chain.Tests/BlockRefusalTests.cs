using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Chain.Tests;

/// <summary>Each reason for refusing a header or uncles, by a block that is wrong in that alone.</summary>
public class BlockRefusalTests
{
    public static TheoryData<string, BlockError, Action<HeaderDraft>> Headers => new()
    {
        { "Istanbul", BlockError.NumberWrong, header => header.Number++ },
        { "Istanbul", BlockError.NumberWrong, header => header.Number = 0 },
        { "Istanbul", BlockError.TimestampNotAfterParent, header => header.Timestamp = 0 },
        { "Istanbul", BlockError.ExtraDataTooLong, header => header.ExtraData = new byte[33] },
        { "Istanbul", BlockError.GasLimitTooLarge, header => header.GasLimit = 1UL << 63 },
        { "Istanbul", BlockError.GasLimitOutOfBounds, header => header.GasLimit += header.GasLimit / 1_024 },
        { "Istanbul", BlockError.GasLimitOutOfBounds, header => header.GasLimit -= header.GasLimit / 1_024 },
        { "Istanbul", BlockError.GasUsedAboveLimit, header => header.GasUsed = header.GasLimit + 1 },
        { "Istanbul", BlockError.GasUsedWrong, header => header.GasUsed = 1 },
        { "Istanbul", BlockError.DifficultyWrong, header => header.Difficulty += UInt256.One },
        { "Istanbul", BlockError.DifficultyZero, header => header.Difficulty = UInt256.Zero },
        { "Istanbul", BlockError.BaseFeeUnexpected, header => header.BaseFeePerGas = 7 },
        { "Istanbul", BlockError.UnclesHashWrong, header => header.UnclesHash = Hash256.Zero },
        { "Istanbul", BlockError.TransactionsRootWrong, header => header.TransactionsRoot = Hash256.Zero },
        { "Istanbul", BlockError.ReceiptsRootWrong, header => header.ReceiptsRoot = Hash256.Zero },
        { "Istanbul", BlockError.StateRootWrong, header => header.StateRoot = Hash256.Zero },
        { "Istanbul", BlockError.LogsBloomWrong, header => header.LogsBloom = BloomOfZero() },
        { "Istanbul", BlockError.ParentZero, header => header.ParentHash = Hash256.Zero },
        { "Istanbul", BlockError.ParentUnknown, header => header.ParentHash = Hash256.FromWord(1) },
        { "London", BlockError.BaseFeeMissing, header => header.BaseFeePerGas = null },
        { "London", BlockError.BaseFeeWrong, header => header.BaseFeePerGas = 8 },
        { "Paris", BlockError.DifficultyNotZero, header => header.Difficulty = UInt256.One },
        { "Paris", BlockError.NonceNotZero, header => header.Nonce = 1 },
        { "Paris", BlockError.UnclesAfterMerge, header => header.UnclesHash = Hash256.Zero },
        { "Paris", BlockError.WithdrawalsRootUnexpected, header => header.WithdrawalsRoot = BodyRoots.Empty },
        { "Shanghai", BlockError.WithdrawalsRootMissing, header => header.WithdrawalsRoot = null },
        { "Shanghai", BlockError.WithdrawalsRootWrong, header => header.WithdrawalsRoot = Hash256.Zero },
        { "Shanghai", BlockError.BlobFieldsUnexpected, header => header.BlobGasUsed = 0 },
        { "Cancun", BlockError.BlobFieldsMissing, header => header.ExcessBlobGas = null },
        { "Cancun", BlockError.ExcessBlobGasWrong, header => header.ExcessBlobGas = 131_072 },
        { "Cancun", BlockError.BlobGasUsedWrong, header => header.BlobGasUsed = 131_072 },
        { "Cancun", BlockError.BlobGasUsedAboveLimit, header => header.BlobGasUsed = 7 * 131_072 },
        { "Cancun", BlockError.BeaconRootMissing, header => header.ParentBeaconBlockRoot = null },
        { "Cancun", BlockError.RequestsHashUnexpected, header => header.RequestsHash = Hash256.Zero },
        { "Prague", BlockError.RequestsHashMissing, header => header.RequestsHash = null },
        { "Prague", BlockError.RequestsHashWrong, header => header.RequestsHash = Hash256.Zero },
    };

    [Theory]
    [MemberData(nameof(Headers), DisableDiscoveryEnumeration = true)]
    public void Import_OfAHeaderThatIsWrongInOneField_NamesIt(string fork, BlockError error, Action<HeaderDraft> change)
    {
        using TestChain chain = new(fork);
        Block valid = chain.Build(chain.Ledger.GenesisBlock).Block;
        HeaderDraft draft = HeaderDraft.Of(valid.Header);
        change(draft);

        // Import of the object: not every wrong header has an encoding that reads back as itself.
        BlockImport import = chain.Ledger.Import(
            new Block { Header = draft.ToHeader(), Withdrawals = valid.Withdrawals });

        Assert.Equal(error, import.Error);
        Assert.NotNull(import.Detail);
        Assert.Equal(BlockError.None, chain.Ledger.Import(valid.Encode()).Error);
    }

    [Fact]
    public void Import_OfUnclesThatAreNone_NamesWhy()
    {
        using TestChain chain = new("Istanbul");
        LedgerBlock genesis = chain.Ledger.GenesisBlock;
        BlockHeader sibling = chain.Build(genesis, 15).Header;
        List<LedgerBlock> line = [genesis];
        for (int i = 0; i < 9; i++)
        {
            line.Add(chain.Extend(line[^1]));
        }

        BlockHeader oldest = chain.Build(line[2], 15).Header;
        BlockHeader young = chain.Build(line[8], 15).Header;
        BlockHeader brother = chain.Build(line[9], 15).Header;
        BlockHeader other = chain.Build(line[7], 15).Header;
        BlockHeader third = chain.Build(line[6], 15).Header;

        Assert.Equal(BlockError.UnclesTooMany, ImportWith(chain, line[9], young, other, third));
        Assert.Equal(BlockError.UncleListedTwice, ImportWith(chain, line[9], young, young));
        Assert.Equal(BlockError.UncleIsAncestor, ImportWith(chain, line[9], line[8].Header));
        Assert.Equal(BlockError.UncleIsBrother, ImportWith(chain, line[9], brother));
        Assert.Equal(BlockError.UncleParentNotAncestor, ImportWith(chain, line[9], oldest));
        Assert.Equal(BlockError.UncleParentNotAncestor, ImportWith(chain, line[9], sibling));

        // Kin, but its own header is wrong; and kin whose only fault is the state root of the block around it.
        HeaderDraft forged = HeaderDraft.Of(young);
        forged.Difficulty += UInt256.One;
        Assert.Equal(BlockError.DifficultyWrong, ImportWith(chain, line[9], forged.ToHeader()));
        Assert.Equal(BlockError.StateRootWrong, ImportWith(chain, line[9], young, other));
    }

    /// <summary>Imports a block with uncles; its state root is that of the block without them.</summary>
    private static BlockError ImportWith(TestChain chain, LedgerBlock parent, params BlockHeader[] uncles)
    {
        HeaderDraft draft = HeaderDraft.Of(chain.Build(parent).Header);
        draft.UnclesHash = BlockHeader.UnclesHashOf(uncles);
        return chain.Ledger.Import(new Block { Header = draft.ToHeader(), Uncles = uncles }.Encode()).Error;
    }

    private static Bloom BloomOfZero()
    {
        Bloom bloom = default;
        bloom.Add(Hash256.Zero);
        return bloom;
    }
}
