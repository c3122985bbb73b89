using FsCheck;
using FsCheck.Fluent;
using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;
using Koinon.State;
using Koinon.State.Proofs;
using Koinon.Storage;

namespace Koinon.Chain.Tests.Ledger;

/// <summary>A chain that went back is, to whoever asks, the one that never went further.</summary>
public sealed class RevertReplayTests
{
    private static readonly Address Bob = TestChain.Bob.Address;

    [Fact]
    public void Revert_OfAnyChainInMemory_LeavesWhatAReplayMakes() => RunAll(isKept: true, runs: 25);

    [Fact]
    public void Revert_OfAnyChainBlockByBlock_LeavesWhatAReplayMakes() => RunAll(isKept: false, runs: 25);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Revert_OfManyBlocks_TellsOfEachOfThem(bool isKept)
    {
        using TestChain chain = ChainOn(isKept);
        LedgerMark mark = chain.Ledger.Mark();
        List<LedgerBlock> blocks = [];
        for (ulong i = 0; i < 200; i++)
        {
            blocks.Insert(0, chain.Commit(i % 50 == 0 ? [TestLogger.Call(i / 50, 0, 1, 1)] : []));
        }

        List<HeadChange> changes = [];
        using IDisposable subscription = chain.Ledger.Subscribe(changes.Add);
        Assert.True(chain.Ledger.Revert(mark));
        chain.Commit(TestChain.Alice.Pay(Bob, 0));

        HeadChange change = changes[0];
        Assert.True(change.IsDiscarded);
        Assert.False(change.IsEdit);
        Assert.Equal(chain.Ledger.GenesisBlock, change.Head);
        Assert.Equal(blocks, change.Removed);
        Assert.Equal(blocks[0], change.Removed[0]);
        Assert.Equal(blocks[199].Receipts[0].Logs[0].Topics, change.Removed[199].Receipts[0].Logs[0].Topics);
        Assert.All(blocks, block => Assert.False(chain.Ledger.TryGet(block.Hash, out _)));
    }

    [Fact]
    public void Revert_ToMoreMarksThanAreHeldWhole_GoesBackToEach()
    {
        using TestChain chain = ChainOn(isKept: true);
        Stack<(LedgerMark Mark, Hash256 Root)> marks = [];
        for (ulong i = 0; i < 100; i++)
        {
            marks.Push((chain.Ledger.Mark(), chain.Ledger.Head.State!.Root));
            chain.Commit(TestChain.Alice.Pay(Bob, i));
        }

        while (marks.TryPop(out (LedgerMark Mark, Hash256 Root) last))
        {
            Assert.True(chain.Ledger.Revert(last.Mark));
            Assert.Equal(last.Root, chain.Ledger.Head.State!.Root);
        }
    }

    private static void RunAll(bool isKept, int runs)
    {
        Gen<Step> step =
            from kind in Gen.Choose(0, 9)
            from choice in Gen.Choose(0, 1_000)
            select new Step(kind, choice);
        Prop.ForAll(step.ArrayOf().Resize(60).ToArbitrary(), steps => Run(isKept, steps))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(runs));
    }

    private static void Run(bool isKept, Step[] steps)
    {
        using TestChain chain = ChainOn(isKept);
        List<Step> made = [];
        List<(LedgerMark Mark, int Made)> marks = [];
        List<LedgerBlock> seen = [];
        foreach (Step step in steps)
        {
            if (step.Kind < 7)
            {
                Make(chain, step);
                made.Add(step);
                seen.Add(chain.Ledger.Head);
            }
            else if (step.Kind < 9)
            {
                marks.Add((chain.Ledger.Mark(), made.Count));
            }
            else if (marks.Count > 0)
            {
                int index = step.Choice % marks.Count;
                Assert.True(chain.Ledger.Revert(marks[index].Mark));
                made.RemoveRange(marks[index].Made, made.Count - marks[index].Made);
                marks.RemoveRange(index, marks.Count - index);
            }
        }

        using TestChain replay = ChainOn(isKept);
        made.ForEach(step => Make(replay, step));
        ShouldBeAs(replay.Ledger, chain.Ledger);
        foreach (LedgerBlock block in seen.Where(block => !replay.Ledger.TryGet(block.Hash, out _)))
        {
            Assert.False(chain.Ledger.TryGet(block.Hash, out _));
            Assert.All(
                block.Block.Transactions,
                transaction => Assert.Equal(
                    replay.Ledger.TryGetTransaction(transaction.Hash, out _),
                    chain.Ledger.TryGetTransaction(transaction.Hash, out _)));
        }
    }

    // The same steps make the same blocks.
    private static void Make(TestChain chain, Step step)
    {
        chain.Ledger.Head.State!.ReadAccount(TestChain.Alice.Address, out Account alice);
        switch (step.Kind)
        {
            case < 3:
                chain.Commit(TestChain.Alice.Pay(Bob, alice.Nonce));
                break;
            case 3:
                chain.Commit(TestLogger.Call(alice.Nonce, step.Choice % 4, step.Choice % 3, step.Choice % 5));
                break;
            case 4:
                for (int i = 0; i < step.Choice % 12; i++) chain.Commit();
                break;
            default:
                StateChanges edit = new();
                Address edited = step.Kind == 5 ? Bob : TestLogger.AddressOf(step.Choice % 4);
                chain.Ledger.Head.State!.ReadAccount(edited, out Account account);
                edit.Of(edited).Account = account with { Balance = (ulong)step.Choice };
                edit.Of(edited).Slots[(ulong)(step.Choice % 3)] = (ulong)(step.Choice % 7);
                chain.Ledger.Edit(edit);
                break;
        }
    }

    private static void ShouldBeAs(Chain.Ledger.Ledger expected, Chain.Ledger.Ledger actual)
    {
        Assert.Equal(expected.Head, actual.Head);
        for (ulong number = 0; number <= expected.Head.Number; number++)
        {
            Assert.True(expected.TryGet(number, out LedgerBlock? block));
            Assert.True(actual.TryGet(block.Hash, out LedgerBlock? found));
            Assert.Equal(number, found.Number);
            Assert.Equal(block.Block.Encode(), found.Block.Encode());
            Assert.Equal(BodyRoots.Of(block.Receipts), BodyRoots.Of(found.Receipts));
            ShouldReadAs(
                block.State!,
                found.State!,
                number >= expected.OldestProofKept && number >= actual.OldestProofKept);
            foreach (Transaction transaction in block.Block.Transactions)
            {
                Assert.True(actual.TryGetTransaction(transaction.Hash, out LedgerTransaction place));
                Assert.Equal(block, place.Block);
            }
        }

        LogQuery query = new() { From = 0, To = 1_000, Topics = [[TestLogger.Topic(1)]] };
        Assert.Equal(Search(expected, query), Search(actual, query));
        Assert.Equal(Verify(expected), Verify(actual));
    }

    private static void ShouldReadAs(WorldState expected, WorldState actual, bool hasProofs)
    {
        Assert.Equal(expected.Root, actual.Root);
        Address[] addresses = [TestChain.Alice.Address, Bob, .. Enumerable.Range(0, 4).Select(TestLogger.AddressOf)];
        foreach (Address address in addresses)
        {
            Assert.Equal(
                expected.ReadAccount(address, out Account account), actual.ReadAccount(address, out Account read));
            Assert.Equal(account, read);
            for (ulong slot = 0; slot < 3; slot++)
            {
                expected.ReadSlot(address, slot, out UInt256 value);
                actual.ReadSlot(address, slot, out UInt256 found);
                Assert.Equal(value, found);
            }

            if (hasProofs)
            {
                AccountProof proof = actual.Prove(address, [0, 1]);
                Assert.Equal(ProofError.None, ProofVerifier.Verify(expected.Root, proof));
            }
        }
    }

    // Edits are all that it has to say.
    private static List<string> Verify(Chain.Ledger.Ledger ledger)
    {
        List<string> faults = [];
        new LedgerVerification(ledger, faults.Add, faults.Add).Run(null, default);
        return faults;
    }

    private static List<(ulong Number, int Position)> Search(Chain.Ledger.Ledger ledger, LogQuery query)
    {
        List<(ulong, int)> found = [];
        LogSearch search = ledger.FindLogs(query);
        while (!search.IsFinished)
        {
            foreach (LogMatch match in search.Read(100, 50))
            {
                found.AddRange(match.Positions.Select(position => (match.Block.Number, position)));
            }
        }

        return found;
    }

    private static TestChain ChainOn(bool isKept) => new(
        "Osaka",
        options: new LedgerOptions { ProofDepth = 4, CacheBytesMax = 10_000 },
        change: TestLogger.Deploy,
        store: isKept ? new MemoryStore(LedgerTables.All) : new HookedStore());

    private readonly record struct Step(int Kind, int Choice);
}
