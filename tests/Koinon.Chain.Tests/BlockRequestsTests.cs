using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.State;

namespace Koinon.Chain.Tests;

/// <summary>
/// Requests to the consensus layer, and the contracts that hold them (EIP-6110, EIP-7002, EIP-7251, EIP-7685).
/// </summary>
public class BlockRequestsTests
{
    private static readonly Address WithdrawalContract = Address.Parse("0x00000961Ef480Eb55e80D19ad83579A64c007002");
    private static readonly Address ConsolidationContract = Address.Parse("0x0000BBdDc7CE488642fb579F8B00f3a590007251");

    [Theory]
    [InlineData("0x00000961Ef480Eb55e80D19ad83579A64c007002")]
    [InlineData("0x0000BBdDc7CE488642fb579F8B00f3a590007251")]
    public void Build_WithoutASystemContract_IsRefused(string contract)
    {
        using TestChain chain = new("Prague", change: alloc => alloc.Accounts.Remove(Address.Parse(contract)));

        Assert.Equal(BlockError.SystemContractEmpty, Build(chain).Verdict.Error);
        Assert.Equal(BlockError.SystemContractEmpty, ImportOfABlockBuiltElsewhere(chain).Error);
    }

    // PUSH0 PUSH0 REVERT; INVALID; a loop without end.
    [Theory]
    [InlineData("0x5f5ffd")]
    [InlineData("0xfe")]
    [InlineData("0x5b5f56")]
    public void Build_WithASystemContractThatFails_IsRefused(string code)
    {
        using TestChain chain = new("Prague", change: alloc => SetCode(alloc, ConsolidationContract, Hex.Decode(code)));

        Assert.Equal(BlockError.SystemContractFailed, Build(chain).Verdict.Error);
        Assert.Equal(BlockError.SystemContractFailed, ImportOfABlockBuiltElsewhere(chain).Error);
    }

    // PUSH1 0xAB PUSH0 MSTORE8 PUSH1 1 PUSH0 RETURN: one byte of requests.
    [Fact]
    public void Build_WithRequests_StatesTheirHash()
    {
        byte[] code = Hex.Decode("0x60ab5f5360015ff3");
        using TestChain chain = new("Prague", change: alloc => SetCode(alloc, WithdrawalContract, code));

        LedgerBlock block = chain.Extend(chain.Ledger.GenesisBlock);

        IReadOnlyList<ExecutionRequest> requests = block.Requests!.Requests;
        Assert.Equal([0, 1, 2], [requests[0].Type, requests[1].Type, requests[2].Type]);
        Assert.Equal([0xab], requests[1].Data.ToArray());
        Assert.True(requests[0].Data.IsEmpty);
        Assert.Equal(block.Requests.ComputeHash(), block.Header.RequestsHash);
        Assert.NotEqual(ExecutionRequests.None.ComputeHash(), block.Header.RequestsHash);
    }

    [Fact]
    public void Import_OfAnotherRequestsHash_IsRefused()
    {
        using TestChain chain = new("Prague");
        HeaderDraft forged = HeaderDraft.Of(chain.Build(chain.Ledger.GenesisBlock).Header);
        forged.RequestsHash = Hash256.Zero;

        BlockImport import = chain.Ledger.Import(new Block { Header = forged.ToHeader(), Withdrawals = [] });

        Assert.Equal(BlockError.RequestsHashWrong, import.Error);
    }

    // LOG1 of 576 bytes of zeros with the deposit event's topic: right length, wrong layout.
    [Fact]
    public void Build_WithADepositEventOfAnotherLayout_IsRefused()
    {
        byte[] code = Hex.Decode(
            "0x7f649bbc62d0e31342afea4e5cd82d4049e7e1ee912fc0889aa790803be39038c56102405fa100");
        using TestChain chain = new("Prague", change: alloc => SetCode(alloc, TestChain.DepositContract, code));

        BuildResult result = chain.Builder.Build(
            chain.Ledger.GenesisBlock,
            [TestChain.Alice.Pay(TestChain.DepositContract, 0, gas: 100_000)],
            new BuildRequest { Timestamp = 1 },
            CancellationToken.None);

        Assert.Equal(BlockError.DepositEventLayout, result.Verdict.Error);
    }

    [Fact]
    public void Build_WithWithdrawals_CreditsGweiAndLeavesNoEmptyAccount()
    {
        using TestChain chain = new("Shanghai");
        Address some = Address.FromWord(0x5001);
        Address none = Address.FromWord(0x5002);
        BuildRequest request = new() { Withdrawals = [new Withdrawal(0, 1, some, 3), new Withdrawal(1, 1, none, 0)] };

        BuildResult result =
            chain.Builder.Build(chain.Ledger.GenesisBlock, [], request, CancellationToken.None);

        Assert.Equal(BlockError.None, chain.Ledger.Import(result.Block!.Block.Encode()).Error);
        Assert.Equal(ReadStatus.Found, result.Block.State!.ReadAccount(some, out Account account));
        Assert.Equal(3_000_000_000ul, account.Balance);
        Assert.Equal(ReadStatus.Absent, result.Block.State.ReadAccount(none, out _));
    }

    private static BuildResult Build(TestChain chain) => chain.Builder.Build(
        chain.Ledger.GenesisBlock, [], new BuildRequest { Timestamp = 1 }, CancellationToken.None);

    /// <summary>Imports a block of another chain, made to follow this one's genesis.</summary>
    private static BlockImport ImportOfABlockBuiltElsewhere(TestChain chain)
    {
        using TestChain other = new("Prague");
        HeaderDraft draft = HeaderDraft.Of(other.Build(other.Ledger.GenesisBlock).Header);
        draft.ParentHash = chain.Ledger.GenesisBlock.Hash;
        return chain.Ledger.Import(new Block { Header = draft.ToHeader(), Withdrawals = [] });
    }

    private static void SetCode(StateChanges alloc, in Address address, byte[] code)
    {
        Hash256 hash = Hash256.Keccak(code);
        alloc.Of(address).Account = new Account(1, UInt256.Zero, hash);
        alloc.Codes[hash] = code;
    }
}
