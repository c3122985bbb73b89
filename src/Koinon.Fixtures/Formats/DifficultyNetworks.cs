using Koinon.Chain.Forks;
using Koinon.Fixtures.Reading;

namespace Koinon.Fixtures.Formats;

/// <summary>The networks of the older difficulty tests, which only the names of their files tell.</summary>
internal static class DifficultyNetworks
{
    private const string Prefix = "difficulty";

    private static readonly (ulong From, string Fork)[] Mainnet =
    [
        (0, "Frontier"), (1_150_000, "Homestead"), (4_370_000, "Byzantium"), (7_280_000, "Constantinople"),
    ];

    private static readonly (ulong From, string Fork)[] Ropsten =
    [
        (0, "Homestead"), (1_700_000, "Byzantium"), (4_230_000, "Constantinople"),
    ];

    /// <summary>
    /// The rules of a block in a file of <c>difficultyNETWORK.json</c> or <c>difficultyFORK.json</c>.
    /// </summary>
    internal static BlockRules RulesOf(string file, ulong number)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        name = name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
        name = name.StartsWith("Custom", StringComparison.Ordinal) ? name["Custom".Length..] : name.Split('_')[0];
        string fork = name switch
        {
            "" or "MainNetwork" => At(Mainnet, number),
            "Ropsten" => At(Ropsten, number),
            "EIP2384" => "MuirGlacier",
            _ => name,
        };
        return BlockForkList.TryFind(fork, out BlockRules rules)
            ? rules
            : throw new FixtureFormatException($"the file's name tells no network of difficulty tests: '{name}'");
    }

    private static string At((ulong From, string Fork)[] network, ulong number) =>
        Array.FindLast(network, stage => stage.From <= number).Fork;
}
