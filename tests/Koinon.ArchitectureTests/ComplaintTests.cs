using System.Text.RegularExpressions;

namespace Koinon.ArchitectureTests;

/// <summary>The page of complaints names every one, and tests that are there.</summary>
public sealed partial class ComplaintTests
{
    private const int Complaints = 45;

    [Fact]
    public void Page_OfComplaints_NamesThemAll()
    {
        IEnumerable<int> rows = RowPattern().Matches(ReadPage()).Select(
            static row => int.Parse(row.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(Enumerable.Range(1, Complaints), rows);
    }

    [Fact]
    public void Tests_OfThePageOfComplaints_AreThere()
    {
        Dictionary<string, SourceFile> sources = House.Sources(["tests", "bench"])
            .GroupBy(static source => Path.GetFileNameWithoutExtension(source.Path))
            .ToDictionary(static group => group.Key, static group => group.First(), StringComparer.Ordinal);
        IEnumerable<string> missing =
            from named in TestPattern().Matches(ReadPage())
            let type = named.Groups[1].Value
            let method = named.Groups[2].Value
            where !sources.TryGetValue(type, out SourceFile? source)
                || !source.Lines.Any(line => line.Contains(method, StringComparison.Ordinal))
            select $"docs/complaints.md names {named.Value}, which is not there";

        Findings.ShouldBeNone(missing);
    }

    private static string ReadPage() => File.ReadAllText(Path.Combine(House.Root, "docs", "complaints.md"));

    [GeneratedRegex(@"^\| (\d+) \|", RegexOptions.Multiline)]
    private static partial Regex RowPattern();

    [GeneratedRegex(@"`(\w+(?:Tests|Benchmarks))(?:\.(\w+))?`")]
    private static partial Regex TestPattern();
}
