using FsCheck;
using FsCheck.Fluent;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.State.Stored;

namespace Koinon.State.Tests.Stored;

/// <summary>A random life of a stored state: what it keeps, and what is done to it.</summary>
internal sealed record StoreScript(StateStoreOptions Options, StoreScript.Act[] Acts)
{
    private static readonly Gen<Act> AnyAct =
        from kind in Gen.Choose(0, 99)
        from depth in Gen.Choose(0, 4)
        from steps in StateScript.AnyStep.ArrayOf()
        select new Act(kind, depth, steps);

    private static readonly Gen<StateStoreOptions> AnyOptions =
        from history in Gen.Elements<ulong?>(null, null, 1, 3)
        from proofs in Gen.Elements<ulong?>(null, 0, 1, 3)
        from preimages in Gen.Elements(true, true, false)
        from cache in Gen.Elements(0L, 4_000L, 1_000_000L)
        from isForked in Gen.Elements(false, false, true)
        select new StateStoreOptions
        {
            HistoryBlocks = history,
            ProofBlocks = proofs,
            Preimages = preimages,
            NodeCacheBytes = cache,
            Beneath = isForked ? Remote : null,
        };

    /// <summary>What a forked chain stands on.</summary>
    private static WorldState Remote { get; } = WorldState.Empty.Apply(RemoteChanges());

    /// <summary>Scripts, shrunk by leaving out acts and steps.</summary>
    internal static Arbitrary<StoreScript> Arbitrary { get; } = Arb.From(
        from options in AnyOptions
        from acts in AnyAct.ArrayOf()
        select new StoreScript(options, acts),
        Shorter);

    public override string ToString() => $"{Options}: {string.Join(" | ", Acts.Select(act => act.ToString()))}";

    private static StateChanges RemoteChanges()
    {
        StateChanges changes = new();
        for (int account = 0; account < 12; account += 2)
        {
            AccountChange change = changes.Of(StateScript.AddressOf(account));
            change.Account = new Account(1, (ulong)account, Account.NoCode);
            for (ulong slot = (ulong)account % 4; slot < 8; slot += 3)
            {
                change.Slots[slot] = 100 + slot;
            }
        }

        return changes;
    }

    private static IEnumerable<StoreScript> Shorter(StoreScript script)
    {
        for (int i = 0; i < script.Acts.Length; i++)
        {
            yield return script with { Acts = [.. script.Acts[..i], .. script.Acts[(i + 1)..]] };
            Act act = script.Acts[i];
            for (int j = 0; j < act.Steps.Length; j++)
            {
                Act shorter = act with { Steps = [.. act.Steps[..j], .. act.Steps[(j + 1)..]] };
                yield return script with { Acts = [.. script.Acts[..i], shorter, .. script.Acts[(i + 1)..]] };
            }
        }
    }

    /// <summary>One thing that is done.</summary>
    /// <param name="Kind">0 to 99: which.</param>
    /// <param name="Depth">How many blocks it concerns.</param>
    /// <param name="Steps">What changes.</param>
    internal sealed record Act(int Kind, int Depth, StateScript.Step[] Steps)
    {
        /// <summary>The changes.</summary>
        internal StateChanges Changes
        {
            get
            {
                StateChanges changes = StateScript.ChangesOf(Steps);
                foreach (AccountChange change in changes.Accounts.Values)
                {
                    if (change.Account is { Nonce: > 5 } account)
                    {
                        byte[] code = [(byte)account.Nonce, (byte)(ulong)account.Balance];
                        Hash256 hash = Hash256.Keccak(code);
                        change.Account = account with { CodeHash = hash };
                        changes.Codes[hash] = code;
                    }
                }

                return changes;
            }
        }

        public override string ToString() => $"{Kind}/{Depth}: {string.Join(", ", Steps)}";
    }
}
