using FsCheck;
using FsCheck.Fluent;

namespace Koinon.State.Tests.Stored;

public sealed class StateStoreTests
{
    [Fact]
    public void AnyLife_OfAStoredState_ReadsAsVersionsInMemory() =>
        Prop.ForAll(StoreScript.Arbitrary, script =>
        {
            using StoreWalk walk = new(script);
            walk.Run();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
}
