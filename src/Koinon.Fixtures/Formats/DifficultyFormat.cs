using System.Text.Json;
using Koinon.Chain.Forks;
using Koinon.Fixtures.Reading;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Fixtures.Formats;

/// <summary>Difficulty tests: a parent, a number and a time, and the difficulty they lead to.</summary>
/// <remarks>
/// Newer files name the fork around the cases and give the parent's uncles as a count; older ones tell the network by
/// the file's name and give the hash of the uncles.
/// </remarks>
internal sealed class DifficultyFormat : IFixtureFormat
{
    private static readonly UInt256 NoUncles = BlockHeader.UnclesHashOf([]).ToWord();

    /// <inheritdoc/>
    public bool Recognises(JsonElement root)
    {
        if (!FormatList.TryGetFirst(root, out JsonElement first)) return false;
        if (first.Has("parentDifficulty")) return true;
        return FormatList.TryGetFirst(first, out JsonElement fork)
            && FormatList.TryGetFirst(fork, out JsonElement test) && test.Has("parentDifficulty");
    }

    /// <inheritdoc/>
    public void Run(FixtureContext context)
    {
        bool isOld = FormatList.FirstHas(context.Root, "parentDifficulty");
        foreach (JsonProperty test in context.Root.EnumerateObject())
        {
            if (isOld)
            {
                RunOld(context, test);
                continue;
            }

            foreach (JsonProperty fork in test.Value.EnumerateObject())
            {
                if (FormatList.IsComment(fork.Name)) continue;
                if (!BlockForkList.TryFind(fork.Name, out BlockRules rules) || rules.Difficulty is not { } rule)
                {
                    throw new FixtureFormatException($"the fork '{fork.Name}' is not known here, or has no difficulty");
                }

                foreach (JsonProperty item in fork.Value.EnumerateObject())
                {
                    context.Run($"{test.Name}/{item.Name}", fork.Name, _ => RunCase(item.Value, rule));
                }
            }
        }
    }

    private static void RunOld(FixtureContext context, JsonProperty test)
    {
        BlockRules rules = DifficultyNetworks.RulesOf(context.File, test.Value.Number("currentBlockNumber"));
        DifficultyRule rule = rules.Difficulty
            ?? throw new FixtureFormatException($"blocks of {rules.Name} have no difficulty");
        context.Run(test.Name, rules.Name, _ => RunCase(test.Value, rule));
    }

    private static CaseVerdict RunCase(JsonElement test, DifficultyRule rule)
    {
        UInt256 uncles = test.Word("parentUncles", UInt256.Zero);
        UInt256 actual = rule.Compute(
            test.Word("parentDifficulty"),
            test.Number("parentTimestamp"),
            !uncles.IsZero && uncles != NoUncles,
            test.Number("currentBlockNumber"),
            test.Number("currentTimestamp"));
        return CaseVerdict.Compare("difficulty", test.Word("currentDifficulty"), actual);
    }
}
