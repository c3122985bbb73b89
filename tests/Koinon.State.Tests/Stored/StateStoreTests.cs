using FsCheck;
using FsCheck.Fluent;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.State.Proofs;
using Koinon.State.Stored;
using Koinon.Storage;

namespace Koinon.State.Tests.Stored;

public sealed class StateStoreTests
{
    [Fact]
    public void AnyLife_OfAStoredState_ReadsAsVersionsInMemory() =>
        Prop.ForAll(StoreScript.Arbitrary, script =>
        {
            using ForgetfulStore store = new();
            new StoreWalk(script, store).Run();
            Assert.Equal(0, store.Open);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    [Theory]
    [InlineData(128)]
    [InlineData(3)]
    public void Blocks_OnDeepTries_AreWrittenAndTakenBackExactly(int proofBlocks)
    {
        const int Blocks = 24;
        Random random = new(proofBlocks);
        using ForgetfulStore store = new();
        StateStore states = new(
            store, new StateStoreOptions { ProofBlocks = (ulong)proofBlocks, NodeCacheBytes = 200_000 });
        List<WorldState> expected = [WorldState.Empty.Apply(ManyChanges(random, 4_000))];
        Write(store, states, transaction => states.Initialise(transaction, 0, expected[0]));
        for (ulong number = 1; number <= Blocks; number++)
        {
            StateChanges changes = ManyChanges(random, 300);
            WorldState result = states.Newest.Apply(changes);
            expected.Add(expected[^1].Apply(changes));
            Assert.Equal(expected[^1].Root, result.Root);
            Write(store, states, transaction =>
            {
                states.Append(transaction, number, changes, result);
                states.Prune(transaction, 2);
            });
            ShouldProve(states.Newest, expected[^1], random);
            ShouldProve(states.At(states.OldestProof)!, expected[(int)states.OldestProof], random);
        }

        for (int number = Blocks; number > 0; number--)
        {
            Write(store, states, transaction => states.Undo(transaction));
            Assert.Equal(expected[number - 1].Root, states.Newest.Root);
            Assert.Equal(expected[number - 1].Root, StateModel.Of(states.Newest).Root());
            ShouldProve(states.Newest, expected[number - 1], random);
        }
    }

    [Fact]
    public void Open_StateOfAnotherSchema_IsRefused()
    {
        using MemoryStore store = new(StateStore.Tables);
        using (IWriteTransaction transaction = store.BeginWrite())
        {
            transaction.Put(StateTables.Meta, [0], [0, 0, 0, 9]);
            transaction.Commit();
        }

        StoreException refused = Assert.Throws<StoreException>(() => new StateStore(store, new StateStoreOptions()));
        Assert.Equal(StoreError.OtherSchema, refused.Error);
        Assert.Contains("schema 9", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NodeThatIsDamaged_IsReportedAndNeverAWrongRoot()
    {
        using MemoryStore store = new(StateStore.Tables);
        StateStore states = new(store, new StateStoreOptions { NodeCacheBytes = 0 });
        WorldState genesis = WorldState.Empty.Apply(ManyChanges(new Random(1), 100));
        Write(store, states, transaction => states.Initialise(transaction, 0, genesis));
        Write(store, states, static transaction =>
        {
            using IStoreCursor cursor = transaction.OpenCursor(StateTables.AccountTrie);
            Assert.True(cursor.Seek([]));
            byte[] key = cursor.Key.ToArray();
            byte[] node = cursor.Value.ToArray();
            node[^5] ^= 1;
            transaction.Put(StateTables.AccountTrie, key, node);
        });

        WorldState reopened = new StateStore(store, new StateStoreOptions()).Newest;
        StoreException damaged = Assert.Throws<StoreException>(() => reopened.Apply(ManyChanges(new Random(2), 100)));
        Assert.Equal(StoreError.Corrupt, damaged.Error);
    }

    [Fact]
    public void Append_ResultOfAVersionThatIsGone_IsRefused()
    {
        using ForgetfulStore store = new();
        StateStore states = new(store, new StateStoreOptions());
        StateChanges changes = ManyChanges(new Random(1), 10);
        WorldState genesis = WorldState.Empty.Apply(changes);
        Write(store, states, transaction => states.Initialise(transaction, 0, genesis));
        StateChanges next = ManyChanges(new Random(2), 10);
        WorldState result = states.Newest.Apply(next);
        Write(store, states, transaction => states.Amend(transaction, ManyChanges(new Random(3), 10)));
        Write(store, states, transaction =>
            Assert.Throws<StateUnavailableException>(() => states.Append(transaction, 1, next, result)));
    }

    [Fact]
    public void AnyLife_WhereSnapshotsAreKept_KeepsEveryVersionThatWasHandedOut() =>
        Prop.ForAll(StoreScript.Arbitrary, script =>
        {
            using MemoryStore store = new(StateStore.Tables);
            new StoreWalk(script, store).Run();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    private static void ShouldProve(WorldState actual, WorldState expected, Random random)
    {
        for (int i = 0; i < 10; i++)
        {
            Address address = AddressOf(random.Next(6_000));
            AccountProof proof = actual.Prove(address, [(ulong)random.Next(6_000), (ulong)random.Next(6_000)]);
            Assert.Equal(ProofError.None, ProofVerifier.Verify(expected.Root, proof));
        }
    }

    // Accounts come, change and go; the first one has slots that do.
    private static StateChanges ManyChanges(Random random, int count)
    {
        StateChanges changes = new();
        AccountChange holder = changes.Of(AddressOf(0));
        holder.Account = new Account(1, 1, Account.NoCode);
        for (int i = 0; i < count; i++)
        {
            AccountChange change = changes.Of(AddressOf(1 + random.Next(6_000)));
            change.Account = random.Next(4) == 0 ? null : new Account((ulong)random.Next(9), 7, Account.NoCode);
            holder.Slots[(ulong)random.Next(6_000)] = (ulong)random.Next(3);
        }

        return changes;
    }

    private static Address AddressOf(int index) => Address.FromWord((ulong)index + 1);

    private static void Write(IStore store, StateStore states, Action<IWriteTransaction> write)
    {
        using (IWriteTransaction transaction = store.BeginWrite())
        {
            write(transaction);
            transaction.Commit();
        }

        states.Published();
    }
}
