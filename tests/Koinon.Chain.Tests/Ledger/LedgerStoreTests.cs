using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;
using Koinon.Storage;

namespace Koinon.Chain.Tests.Ledger;

public sealed class LedgerStoreTests
{
    [Fact]
    public void Open_OfAStoreThatHoldsAChain_StandsWhereItStood()
    {
        using MemoryStore store = new(LedgerTables.All);
        LedgerBlock head;
        Hash256 payment;
        using (TestChain before = new("Osaka", change: TestLogger.Deploy, store: store))
        {
            Transaction transaction = TestChain.Alice.Pay(TestChain.Bob.Address, 0);
            payment = transaction.Hash;
            before.Commit(transaction);
            before.Commit(TestLogger.Call(1, 0, 1, 2));
            head = before.Commit();
        }

        using TestChain chain = new("Osaka", change: TestLogger.Deploy, store: store);

        Assert.Equal(head, chain.Ledger.Head);
        Assert.Equal(3ul, chain.Ledger.Sequence);
        Assert.Equal(head.Header.StateRoot, chain.Ledger.Head.State!.Root);
        Assert.True(chain.Ledger.TryGetTransaction(payment, out LedgerTransaction found));
        Assert.True(found.Block.Block.Transactions[found.Index].TryGetSender(out Address sender));
        Assert.Equal(TestChain.Alice.Address, sender);
        Assert.True(chain.Ledger.TryGet(2, out LedgerBlock? second));
        Log log = Assert.Single(Assert.Single(second.Receipts).Logs);
        Assert.Equal([TestLogger.Topic(1), TestLogger.Topic(2)], log.Topics);
        Assert.Equal(second.Header.ReceiptsRoot, BodyRoots.Of(second.Receipts));
        Assert.Equal(4ul, chain.Commit(TestChain.Alice.Pay(TestChain.Bob.Address, 2)).Number);
    }

    [Fact]
    public void Open_OfAStoreThatHoldsAnotherChain_SaysSo()
    {
        using MemoryStore store = new(LedgerTables.All);
        using (new TestChain("Osaka", store: store))
        {
        }

        LedgerException refusal = Assert.Throws<LedgerException>(() => new TestChain("Cancun", store: store));

        Assert.Equal(LedgerError.GenesisDiffers, refusal.Error);
    }

    [Fact]
    public void SetHead_ToABranchAndBack_GivesTheSameStates()
    {
        using TestChain chain = new("Osaka");
        LedgerBlock genesis = chain.Ledger.GenesisBlock;
        LedgerBlock a1 = chain.Extend(genesis, 1, TestChain.Alice.Pay(TestChain.Bob.Address, 0));
        LedgerBlock a2 = chain.Extend(a1, 1, TestChain.Alice.Pay(TestChain.Bob.Address, 1));
        LedgerBlock b1 = chain.Extend(genesis, 2, TestChain.Bob.Pay(TestChain.Alice.Address, 0));
        LedgerBlock b2 = chain.Extend(b1, 2);
        LedgerBlock b3 = chain.Extend(b2, 2, TestChain.Bob.Pay(TestChain.Alice.Address, 1));
        for (int i = 0; i < 3; i++)
        {
            foreach (LedgerBlock head in (LedgerBlock[])[a2, b3, a1, b2, genesis, b1])
            {
                Assert.Equal(HeadError.None, chain.Ledger.SetHead(head.Hash, Hash256.Zero, Hash256.Zero));
                foreach (LedgerBlock block in (LedgerBlock[])[genesis, a1, a2, b1, b2, b3])
                {
                    Assert.True(chain.Ledger.TryGet(block.Hash, out LedgerBlock? known));
                    Assert.Equal(block.Header.StateRoot, known.State!.Root);
                    UInt256 balance = Balance(known, TestChain.Bob.Address);
                    Assert.Equal(Balance(block, TestChain.Bob.Address), balance);
                }
            }
        }
    }

    [Fact]
    public void Import_OfALayerThatIsHeavierThanTheBound_KeepsTheNewest()
    {
        using TestChain chain = new("Osaka", options: new LedgerOptions { LayerBytesMax = 1 });
        LedgerBlock first = chain.Extend(chain.Ledger.GenesisBlock, 1);
        LedgerBlock second = chain.Extend(chain.Ledger.GenesisBlock, 2);

        Assert.False(chain.Ledger.TryGet(first.Hash, out _));
        Assert.Equal(HeadError.None, chain.Ledger.SetHead(second.Hash, Hash256.Zero, Hash256.Zero));
    }

    [Fact]
    public void Revert_ToAMark_GivesUpBlocksAndEdits()
    {
        using TestChain chain = new("Osaka");
        chain.Commit(TestChain.Alice.Pay(TestChain.Bob.Address, 0));
        Edit(chain, 5);
        LedgerMark mark = chain.Ledger.Mark();
        UInt256 marked = Balance(chain.Ledger.Head, TestChain.Bob.Address);
        Hash256 root = chain.Ledger.Head.State!.Root;
        for (int round = 0; round < 3; round++)
        {
            Edit(chain, 77);
            chain.Commit(TestChain.Alice.Pay(TestChain.Bob.Address, 1));
            Edit(chain, 88);
            Edit(chain, 99);
            chain.Commit(TestChain.Alice.Pay(TestChain.Bob.Address, 2));
            Assert.Equal(100ul, (ulong)Balance(chain.Ledger.Head, TestChain.Bob.Address));
            Assert.True(chain.Ledger.TryGet(1, out LedgerBlock? first));
            Assert.Equal(77ul, (ulong)Balance(first, TestChain.Bob.Address));
            List<HeadChange> changes = [];
            using IDisposable subscription = chain.Ledger.Subscribe(changes.Add);

            Assert.True(chain.Ledger.Revert(mark));

            HeadChange change = Assert.Single(changes);
            Assert.True(change.IsDiscarded);
            Assert.Equal([3ul, 2ul], change.Removed.Select(static block => block.Number));
            Assert.Equal(1ul, chain.Ledger.Head.Number);
            Assert.Equal(marked, Balance(chain.Ledger.Head, TestChain.Bob.Address));
            Assert.Equal(root, chain.Ledger.Head.State!.Root);
            Assert.False(chain.Ledger.TryGet(2, out _));
            Assert.Single(change.Removed[0].Receipts);
        }
    }

    [Fact]
    public void Revert_ToAMarkThatWasGivenUp_IsFalse()
    {
        using TestChain chain = new("Osaka");
        LedgerMark first = chain.Ledger.Mark();
        chain.Commit();
        LedgerMark second = chain.Ledger.Mark();
        Assert.True(chain.Ledger.Revert(first));

        Assert.False(chain.Ledger.Revert(second));
        Assert.Equal(0ul, chain.Ledger.Head.Number);
    }

    [Fact]
    public void Edit_OfTheHead_IsWhatTheNextBlockStandsOn()
    {
        using TestChain chain = new("Osaka");
        chain.Commit();
        Edit(chain, 5_000_000_000_000_000_000);

        LedgerBlock block = chain.Commit(TestChain.Bob.Pay(TestChain.Alice.Address, 0));

        Assert.True(block.Receipts[0].Succeeded);
        Assert.True(Balance(block, TestChain.Bob.Address) < 5_000_000_000_000_000_000);
        Assert.True(chain.Ledger.TryGet(0, out LedgerBlock? genesis));
        Assert.Equal(UInt256.Power(10, 24), Balance(genesis, TestChain.Bob.Address));
    }

    [Fact]
    public void MovingTheHead_WithABlockDepth_GivesUpBodiesButNeverTheGenesis()
    {
        using TestChain chain = new(
            "Osaka", change: TestLogger.Deploy, options: new LedgerOptions { BlockDepth = 10, CacheBytesMax = 1 });
        Hash256 first = chain.Commit(TestLogger.Call(0, 0, 1, 1)).Hash;
        for (ulong i = 1; i < 20; i++)
        {
            chain.Commit(TestLogger.Call(i, 0, 1, 1));
        }

        Assert.Equal(10ul, chain.Ledger.OldestBlockKept);
        Assert.False(chain.Ledger.TryGet(first, out _));
        Assert.False(chain.Ledger.TryGet(9, out _));
        Assert.True(chain.Ledger.TryGet(10, out _));
        Assert.True(chain.Ledger.TryGet(0, out _));
    }

    private static UInt256 Balance(LedgerBlock block, Address address)
    {
        block.State!.ReadAccount(address, out Account account);
        return account.Balance;
    }

    private static void Edit(TestChain chain, ulong balance)
    {
        StateChanges changes = new();
        chain.Ledger.Head.State!.ReadAccount(TestChain.Bob.Address, out Account account);
        changes.Of(TestChain.Bob.Address).Account = account with { Balance = balance };
        chain.Ledger.Edit(changes);
    }
}
