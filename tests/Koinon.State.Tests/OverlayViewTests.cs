using FsCheck;
using FsCheck.Fluent;
using Koinon.Primitives;
using Koinon.Primitives.State;

namespace Koinon.State.Tests;

public sealed class OverlayViewTests
{
    [Fact]
    public void Apply_RandomChanges_ReadsAsTheStateThatTheyLeadTo() =>
        Prop.ForAll(StateScript.Arbitrary, StateScript.Arbitrary, static (below, above) =>
        {
            WorldState parent = below.Batches.Aggregate(WorldState.Empty, static (s, changes) => s.Apply(changes));
            StateModel model = StateModel.Of(parent);
            OverlayView view = new(parent);
            foreach (StateChanges changes in above.Batches)
            {
                view.Apply(changes);
                model.Apply(changes);
                model.ShouldReadAs(view);
                for (int account = 0; account < 12; account++)
                {
                    Address address = StateScript.AddressOf(account);
                    if (model.HasStorage(address))
                    {
                        Assert.Equal(ReadStatus.Found, view.ReadStorageExists(address));
                    }
                }
            }

            Assert.Equal(model.Root(), parent.Apply(view.Changes).Root);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void ReadStorageExists_AfterAWipe_IsAbsent()
    {
        Address address = Address.FromWord(1);
        StateChanges create = new();
        create.Of(address).Account = Account.Empty;
        create.Of(address).Slots[1] = 1;
        OverlayView view = new(WorldState.Empty.Apply(create));
        Assert.Equal(ReadStatus.Found, view.ReadStorageExists(address));
        StateChanges remove = new();
        remove.Of(address).Account = null;
        view.Apply(remove);
        Assert.Equal(ReadStatus.Absent, view.ReadStorageExists(address));
        StateChanges again = new();
        again.Of(address).Account = Account.Empty;
        view.Apply(again);
        Assert.Equal(ReadStatus.Absent, view.ReadStorageExists(address));
    }

    [Fact]
    public void ReadCode_OfChangesAndParent_FindsBoth()
    {
        byte[] first = [1];
        byte[] second = [2];
        StateChanges below = new();
        below.Codes[Hash256.Keccak(first)] = first;
        StateChanges above = new();
        above.Codes[Hash256.Keccak(second)] = second;
        OverlayView view = new(WorldState.Empty.Apply(below));
        view.Apply(above);
        Assert.Equal(ReadStatus.Found, view.ReadCode(Hash256.Keccak(first), out ReadOnlyMemory<byte> code));
        Assert.Equal(first, code.ToArray());
        Assert.Equal(ReadStatus.Found, view.ReadCode(Hash256.Keccak(second), out code));
        Assert.Equal(second, code.ToArray());
        Assert.Equal(ReadStatus.Absent, view.ReadCode(Hash256.Zero, out _));
    }
}
