using FsCheck;
using FsCheck.Fluent;
using Koinon.Primitives;
using Koinon.Primitives.State;

namespace Koinon.State.Tests;

/// <summary>Random changes to a state of few accounts and slots, so that each is hit again and again.</summary>
internal sealed record StateScript(StateScript.Step[][] Steps)
{
    /// <summary>Any step.</summary>
    internal static Gen<Step> AnyStep { get; } =
        from kind in Gen.Choose(0, 99)
        from account in Gen.Choose(0, 11)
        from slot in Gen.Choose(0, 7)
        from value in Gen.Choose(0, 3)
        select new Step(kind, account, slot, value);

    /// <summary>Scripts, shrunk by leaving out batches and steps.</summary>
    internal static Arbitrary<StateScript> Arbitrary { get; } = Arb.From(
        AnyStep.ArrayOf().ArrayOf().Select(steps => new StateScript(steps)),
        script => Tests.Batches.Shorter(script.Steps).Select(steps => new StateScript(steps)));

    /// <summary>The changes of each batch.</summary>
    internal IEnumerable<StateChanges> Batches => Steps.Select(ChangesOf);

    public override string ToString() =>
        string.Join(" | ", Steps.Select(steps => string.Join(", ", steps.Select(step => step.ToString()))));

    /// <summary>The address that steps call by an index.</summary>
    internal static Address AddressOf(int index) => Address.FromWord((ulong)index * 0x1_0001);

    /// <summary>The changes of some steps.</summary>
    internal static StateChanges ChangesOf(Step[] steps)
    {
        StateChanges changes = new();
        foreach (Step step in steps)
        {
            AccountChange change = changes.Of(AddressOf(step.Account));
            switch (step.Kind)
            {
                case < 10:
                    change.Account = null;
                    change.Slots.Clear();
                    change.StorageWiped = true;
                    break;
                case < 20:
                    change.Account ??= Account.Empty;
                    change.Slots.Clear();
                    change.StorageWiped = true;
                    break;
                case < 40:
                    change.Account = new Account((ulong)step.Slot, (ulong)step.Value, Account.NoCode);
                    break;
                default:
                    change.Account ??= Account.Empty;
                    UInt256 value = (ulong)step.Value;
                    change.Slots[(ulong)step.Slot] = step.Kind < 60 ? value << 200 : value;
                    break;
            }
        }

        return changes;
    }

    internal readonly record struct Step(int Kind, int Account, int Slot, int Value);
}
