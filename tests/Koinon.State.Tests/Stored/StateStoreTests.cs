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
            using MemoryStore store = new(StateStore.Tables);
            new StoreWalk(script, store).Run();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
}
