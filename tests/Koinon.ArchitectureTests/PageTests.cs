using System.Text.RegularExpressions;

namespace Koinon.ArchitectureTests;

/// <summary>The pages: what they link to is there, and their tables are tables.</summary>
public sealed partial class PageTests
{
    private static readonly string[] Outside = ["http://", "https://", "mailto:"];

    private static IEnumerable<string> Pages =>
        from path in Directory.EnumerateFiles(House.Root, "*.md", SearchOption.AllDirectories)
        let page = Path.GetRelativePath(House.Root, path).Replace('\\', '/')
        where !page.StartsWith("artifacts/", StringComparison.Ordinal)
            && !page.Contains("node_modules/", StringComparison.Ordinal)
        select page;

    [Fact]
    public void Links_OfEveryPage_LeadToWhatIsThere()
    {
        IEnumerable<string> dead =
            from page in Pages
            from Match link in Link().Matches(TextOf(page))
            let target = link.Groups[1].Value
            where !Outside.Any(prefix => target.StartsWith(prefix, StringComparison.Ordinal))
            where !IsThere(page, target)
            select $"{page} links to {target}";

        Findings.ShouldBeNone(dead);
    }

    [Fact]
    public void Tables_OfEveryPage_HaveAsManyCellsInEachRow()
    {
        IEnumerable<string> torn =
            from page in Pages
            let lines = TextOf(page).Split('\n')
            from index in Enumerable.Range(1, Math.Max(lines.Length - 1, 0))
            where lines[index - 1].StartsWith('|') && lines[index].StartsWith('|')
            where CellsOf(lines[index]) != CellsOf(lines[index - 1])
            select $"{page}: {lines[index]}";

        Findings.ShouldBeNone(torn);
    }

    private static bool IsThere(string page, string target)
    {
        string[] parts = target.Split('#', 2);
        string folder = Path.GetDirectoryName(page) ?? "";
        string path = parts[0].Length == 0 ? page : Path.Combine(folder, Uri.UnescapeDataString(parts[0]));
        string whole = Path.Combine(House.Root, path);
        if (parts.Length == 1) return File.Exists(whole) || Directory.Exists(whole);

        return File.Exists(whole) && Heading().Matches(TextOf(path)).Any(heading =>
            AnchorOf(heading.Groups[1].Value) == parts[1]);
    }

    /// <summary>The page without what stands in blocks of code.</summary>
    private static string TextOf(string page) =>
        Fence().Replace(File.ReadAllText(Path.Combine(House.Root, page)).ReplaceLineEndings("\n"), "");

    /// <summary>What GitHub makes of a heading.</summary>
    private static string AnchorOf(string heading) =>
        NoAnchor().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    /// <summary>Bars that part cells: not those that are escaped.</summary>
    private static int CellsOf(string row) => Bar().Count(row.TrimEnd());

    [GeneratedRegex(@"(?<!`)\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#{1,6} (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bar();
}
