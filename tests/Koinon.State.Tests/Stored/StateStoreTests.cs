using FsCheck;
using FsCheck.Fluent;
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

    [Fact]
    public void AnyLife_WhereSnapshotsAreKept_KeepsEveryVersionThatWasHandedOut() =>
        Prop.ForAll(StoreScript.Arbitrary, script =>
        {
            using MemoryStore store = new(StateStore.Tables);
            new StoreWalk(script, store).Run();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
}
