using FsCheck;
using FsCheck.Fluent;
using Koinon.Primitives;
using Koinon.Primitives.State;

namespace Koinon.State.Tests;

public sealed class WorldStateTests
{
    private static readonly Address Alice = Address.Parse("0x00000000000000000000000000000000000a11ce");
    private static readonly Address Bob = Address.Parse("0x0000000000000000000000000000000000000b0b");

    [Fact]
    public void Empty_Root_IsThatOfTheEmptyTrie() => Assert.Equal(
        "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421",
        WorldState.Empty.Root.ToString());

    [Fact]
    public void Apply_RandomChanges_HasTheRootAndReadingsOfTheModel() =>
        Prop.ForAll(StateScript.Arbitrary, script =>
        {
            StateModel model = new();
            WorldState state = WorldState.Empty;
            List<(WorldState State, Hash256 Root)> versions = [];
            foreach (StateChanges changes in script.Batches)
            {
                state = state.Apply(changes);
                model.Apply(changes);
                Assert.Equal(model.Root(), state.Root);
                model.ShouldReadAs(state);
                versions.Add((state, state.Root));
            }

            Assert.All(versions, version => Assert.Equal(version.Root, StateModel.Of(version.State).Root()));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Apply_OneBatchOrMany_GivesTheSameRoot() =>
        Prop.ForAll(StateScript.Arbitrary, script =>
        {
            StateChanges all = new();
            WorldState oneByOne = WorldState.Empty;
            foreach (StateChanges changes in script.Batches)
            {
                all.Append(changes);
                oneByOne = oneByOne.Apply(changes);
            }

            Assert.Equal(oneByOne.Root, WorldState.Empty.Apply(all).Root);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Apply_EmptyAccountThatIsGiven_StaysInTheTrie()
    {
        StateChanges changes = new();
        changes.Of(Alice).Account = Account.Empty;
        WorldState state = WorldState.Empty.Apply(changes);
        Assert.NotEqual(WorldState.Empty.Root, state.Root);
        Assert.Equal(ReadStatus.Found, state.ReadAccount(Alice, out Account account));
        Assert.True(account.IsEmpty);
    }

    [Fact]
    public void Apply_AccountThatGoes_TakesItsStorage()
    {
        StateChanges create = new();
        create.Of(Alice).Account = new Account(1, 2, Account.NoCode);
        create.Of(Alice).Slots[3] = 4;
        create.Of(Bob).Account = new Account(1, 0, Account.NoCode);
        StateChanges remove = new();
        remove.Of(Alice).Account = null;
        StateChanges again = new();
        again.Of(Alice).Account = Account.Empty;
        WorldState with = WorldState.Empty.Apply(create);
        WorldState state = with.Apply(remove).Apply(again);
        Assert.Equal(ReadStatus.Found, with.ReadStorageExists(Alice));
        Assert.Equal(ReadStatus.Absent, state.ReadStorageExists(Alice));
        Assert.Equal(ReadStatus.Absent, state.ReadSlot(Alice, 3, out _));
        Assert.Equal(ReadStatus.Found, with.ReadSlot(Alice, 3, out UInt256 value));
        Assert.Equal<UInt256>(4, value);
    }

    [Fact]
    public void ReadCode_OfNoBytes_IsFoundWithoutBeingStored()
    {
        Assert.Equal(ReadStatus.Found, WorldState.Empty.ReadCode(Account.NoCode, out ReadOnlyMemory<byte> code));
        Assert.True(code.IsEmpty);
        Assert.Equal(ReadStatus.Absent, WorldState.Empty.ReadCode(Hash256.Zero, out _));
    }

    [Fact]
    public void Reads_OfAnyKind_AllocateNothing()
    {
        StateChanges changes = new();
        for (uint i = 0; i < 1_000; i++)
        {
            Address address = Address.FromWord(i);
            changes.Of(address).Account = new Account(i, i, Account.NoCode);
            changes.Of(address).Slots[i] = i + 1;
        }

        WorldState state = WorldState.Empty.Apply(changes);
        ReadAll(state);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ReadAll(state);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void ReadAll(WorldState state)
    {
        for (uint i = 0; i < 1_000; i++)
        {
            Address address = Address.FromWord(i);
            state.ReadAccount(address, out _);
            state.ReadSlot(address, i, out _);
            state.ReadSlot(address, i + 1, out _);
            state.ReadStorageExists(address);
            state.ReadCode(Account.NoCode, out _);
        }
    }
}
