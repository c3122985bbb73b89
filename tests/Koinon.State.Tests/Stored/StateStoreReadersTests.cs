using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.State.Proofs;
using Koinon.State.Stored;
using Koinon.Storage;

namespace Koinon.State.Tests.Stored;

/// <summary>Readers beside a writer: each version says one thing of all accounts, or nothing any more.</summary>
public sealed class StateStoreReadersTests
{
    private const int Moves = 600;
    private const int Readers = 3;
    private const int Accounts = 8;

    [Theory]
    [InlineData(0, false)]
    [InlineData(2, false)]
    [InlineData(128, false)]
    [InlineData(2, true)]
    public async Task Versions_ReadBesideAWriter_AreNeverAMixture(int proofBlocks, bool keepsSnapshots)
    {
        using IStore store = keepsSnapshots ? new MemoryStore(StateStore.Tables) : new ForgetfulStore();
        StateStore states = new(store, new StateStoreOptions
        {
            HistoryBlocks = 6,
            ProofBlocks = (ulong)proofBlocks,
            NodeCacheBytes = 20_000,
        });
        Write(store, states, transaction =>
            states.Initialise(transaction, 0, WorldState.Empty.Apply(StampedWith(1))));

        using CancellationTokenSource done = new();
        Task<int>[] readers = [.. Enumerable.Range(0, Readers).Select(_ => Task.Run(() => Read(states, done.Token)))];
        Random random = new(proofBlocks);
        for (ulong stamp = 2; stamp < Moves; stamp++)
        {
            int kind = random.Next(10);
            Write(store, states, transaction => Move(states, transaction, kind, stamp));
        }

        await done.CancelAsync();
        int[] answers = await Task.WhenAll(readers);
        Assert.All(answers, answer => Assert.NotEqual(0, answer));
    }

    private static void Move(StateStore states, IWriteTransaction transaction, int kind, ulong stamp)
    {
        ulong newest = states.NewestNumber;
        StateChanges changes = StampedWith(stamp);
        bool canUndo = newest > states.OldestState + 1;
        if (kind == 0)
        {
            states.Amend(transaction, changes);
        }
        else if (kind < 4 && canUndo)
        {
            WorldState result = states.At(newest - 1)!.Apply(changes);
            states.Undo(transaction);
            states.Append(transaction, newest, changes, result);
        }
        else if (kind == 4 && canUndo)
        {
            states.Undo(transaction);
        }
        else
        {
            states.Append(transaction, newest + 1, changes, states.Newest.Apply(changes));
            states.Prune(transaction, 2);
        }
    }

    private static int Read(StateStore states, CancellationToken done)
    {
        Random random = new(Environment.CurrentManagedThreadId);
        int answers = 0;
        while (!done.IsCancellationRequested || answers == 0)
        {
            ulong newest = states.NewestNumber;
            ulong back = (ulong)random.Next(4);
            WorldState? state = back == 0 || back > newest ? states.Newest : states.At(newest - back);
            try
            {
                answers += state is not null && IsWhole(state) ? 1 : 0;
            }
            catch (StateUnavailableException)
            {
                // The block was taken back meanwhile, or its history dropped: as good as no answer.
            }
        }

        return answers;
    }

    // Whether a version answered at all; what it answers is of one stamp.
    private static bool IsWhole(WorldState state)
    {
        UInt256 stamp = default;
        for (int i = 0; i < Accounts; i++)
        {
            Address address = StateScript.AddressOf(i);
            ReadStatus account = state.ReadAccount(address, out Account read);
            ReadStatus slot = state.ReadSlot(address, 5, out UInt256 value);
            if (account == ReadStatus.Unavailable || slot == ReadStatus.Unavailable)
            {
                return false;
            }

            stamp = i == 0 ? value : stamp;
            Assert.Equal(stamp, value);
            Assert.Equal(stamp, read.Balance);
        }

        Assert.Equal(WorldState.Empty.Apply(StampedWith((ulong)stamp)).Root, state.Root);
        Assert.Equal(Accounts, state.EnumerateAccounts().Count(account => account.Value.Balance == stamp));
        AccountProof proof = state.Prove(StateScript.AddressOf(3), [5]);
        Assert.Equal(ProofError.None, ProofVerifier.Verify(state.Root, proof));
        StateChanges next = StampedWith((ulong)stamp + 1);
        Assert.Equal(WorldState.Empty.Apply(next).Root, state.Apply(next).Root);
        return true;
    }

    private static StateChanges StampedWith(ulong stamp)
    {
        StateChanges changes = new();
        for (int i = 0; i < Accounts; i++)
        {
            AccountChange change = changes.Of(StateScript.AddressOf(i));
            change.Account = new Account(1, stamp, Account.NoCode);
            change.Slots[5] = stamp;
        }

        return changes;
    }

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
