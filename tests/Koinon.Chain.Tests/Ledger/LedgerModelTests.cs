using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;
using Koinon.Storage;

namespace Koinon.Chain.Tests.Ledger;

/// <summary>Random scripts on a ledger, against a model that keeps a balance for each block it ever saw.</summary>
public sealed class LedgerModelTests
{
    private static readonly Address Bob = TestChain.Bob.Address;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Script_OfBlocksEditsAndReverts_ShowsWhatTheModelShows(int seed)
    {
        Random random = new(seed);
        using MemoryStore store = new(LedgerTables.All);
        TestChain chain = new("Osaka", store: store);
        List<UInt256> model = [Balance(chain.Ledger.Head)];
        List<(LedgerMark Mark, List<UInt256> Model)> marks = [];
        ulong nonce = 0;
        for (int step = 0; step < 150; step++)
        {
            switch (random.Next(10))
            {
                case < 5:
                    int payments = random.Next(3);
                    chain.Ledger.Head.State!.ReadAccount(TestChain.Alice.Address, out Account alice);
                    nonce = alice.Nonce;
                    chain.Commit([.. Enumerable.Range(0, payments).Select(_ => TestChain.Alice.Pay(Bob, nonce++))]);
                    model.Add(model[^1] + (ulong)payments);
                    break;
                case 5:
                    model[^1] = (ulong)random.Next(1_000_000);
                    Edit(chain, model[^1]);
                    break;
                case < 8:
                    marks.Add((chain.Ledger.Mark(), [.. model]));
                    break;
                case 8 when marks.Count > 0:
                    int index = random.Next(marks.Count);
                    Assert.True(chain.Ledger.Revert(marks[index].Mark));
                    model = [.. marks[index].Model];
                    marks.RemoveRange(index, marks.Count - index);
                    break;
                case 9 when random.Next(4) == 0:
                    // Marks are of one life of the process.
                    marks.Clear();
                    chain.Dispose();
                    chain = new TestChain("Osaka", store: store);
                    break;
            }

            Assert.Equal((ulong)model.Count - 1, chain.Ledger.Head.Number);
            for (int number = Math.Max(0, model.Count - 12); number < model.Count; number++)
            {
                Assert.True(chain.Ledger.TryGet((ulong)number, out LedgerBlock? block));
                Assert.Equal(model[number], Balance(block));
            }
        }

        chain.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Script_OfBranches_ShowsTheStateOfEveryBlock(int seed)
    {
        Random random = new(seed);
        using MemoryStore store = new(LedgerTables.All);
        TestChain chain = new("Osaka", store: store);
        List<LedgerBlock> known = [chain.Ledger.GenesisBlock];
        for (int step = 0; step < 80; step++)
        {
            LedgerBlock chosen = known[Math.Max(0, known.Count - 1 - random.Next(8))];
            switch (random.Next(6))
            {
                case < 3:
                    chosen.State!.ReadAccount(TestChain.Bob.Address, out Account bob);
                    Transaction[] payments = random.Next(3) == 0
                        ? []
                        : [TestChain.Bob.Pay(TestChain.Alice.Address, bob.Nonce)];
                    known.Add(chain.Extend(chosen, (ulong)(1 + step), payments));
                    break;
                case < 5:
                    Assert.Equal(HeadError.None, chain.Ledger.SetHead(chosen.Hash, Hash256.Zero, Hash256.Zero));
                    Assert.Equal(chosen, chain.Ledger.Head);
                    break;
                case 5 when random.Next(5) == 0:
                    chain.Dispose();
                    chain = new TestChain("Osaka", store: store);
                    known = known.FindAll(block => chain.Ledger.TryGet(block.Hash, out _));
                    known = known.ConvertAll(block =>
                        chain.Ledger.TryGet(block.Hash, out LedgerBlock? now) ? now : block);
                    break;
            }

            foreach (LedgerBlock block in known)
            {
                Assert.True(chain.Ledger.TryGet(block.Hash, out LedgerBlock? now));
                Assert.Equal(block.Header.StateRoot, now.State!.Root);
                foreach (Transaction payment in now.Block.Transactions)
                {
                    bool isThere = chain.Ledger.TryGetTransaction(payment.Hash, out LedgerTransaction found);
                    Assert.True(!chain.Ledger.IsCanonical(now) || (isThere && found.Block == now));
                }
            }
        }

        chain.Dispose();
    }

    private static UInt256 Balance(LedgerBlock block)
    {
        block.State!.ReadAccount(Bob, out Account account);
        return account.Balance;
    }

    private static void Edit(TestChain chain, in UInt256 balance)
    {
        StateChanges changes = new();
        chain.Ledger.Head.State!.ReadAccount(Bob, out Account account);
        changes.Of(Bob).Account = account with { Balance = balance };
        chain.Ledger.Edit(changes);
    }
}
