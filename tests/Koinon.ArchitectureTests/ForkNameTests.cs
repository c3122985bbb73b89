using System.Text.RegularExpressions;

namespace Koinon.ArchitectureTests;

/// <summary>A fork is named where forks are data, and nowhere else: the rest of the house asks for the rule.</summary>
public sealed partial class ForkNameTests
{
    /// <summary>Where forks are data.</summary>
    private static readonly string[] Homes =
    [
        "src/Koinon.Evm/Forks/",
        "src/Koinon.Chain/Forks/",
        "src/Koinon.Chain/Networks/",
    ];

    /// <summary>The sources that turn another project's fork names into ours.</summary>
    private static readonly string[] NameParsing =
    [
        "src/Koinon.Fixtures/Exceptions/OlderExceptionNames.cs",
        "src/Koinon.Fixtures/Formats/DifficultyNetworks.cs",
    ];

    [Fact]
    public void Sources_OutsideTheForksFolders_NameNoFork()
    {
        IEnumerable<string> named =
            from source in House.Sources("src")
            where !Homes.Any(home => source.Path.StartsWith(home, StringComparison.Ordinal))
            where !NameParsing.Contains(source.Path)
            from line in source.WithoutComments.Split('\n').Index()
            from Match match in ForkName().Matches(line.Item)
            select $"{source.Path}:{line.Index + 1} names {match.Value}: ask for the rule";

        Findings.ShouldBeNone(named);
    }

    [Theory]
    [InlineData("fork >= Fork.London", true)]
    [InlineData("isOsaka", true)]
    [InlineData("\"cancun\"", true)]
    [InlineData("shanghaiTime", true)]
    [InlineData("comparison", false)]
    [InlineData("Comparison", false)]
    [InlineData("frontiers", false)]
    public void ForkName_InCode_IsSeenAsAWordAlone(string code, bool isSeen) =>
        Assert.Equal(isSeen, ForkName().IsMatch(code));

    // Pascal case anywhere in an identifier, lower case at the start of a word.
    [GeneratedRegex("(?:Frontier|Homestead|TangerineWhistle|SpuriousDragon|Byzantium|Constantinople|Petersburg|Istanbul"
        + "|MuirGlacier|Berlin|London|ArrowGlacier|GrayGlacier|Paris|Shanghai|Cancun|Prague|Osaka|Amsterdam)(?![a-z])"
        + @"|\b(?:frontier|homestead|tangerineWhistle|spuriousDragon|byzantium|constantinople|petersburg|istanbul"
        + "|muirGlacier|berlin|london|arrowGlacier|grayGlacier|paris|shanghai|cancun|prague|osaka|amsterdam)(?![a-z])")]
    private static partial Regex ForkName();
}
