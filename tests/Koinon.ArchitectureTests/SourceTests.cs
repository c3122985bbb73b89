using System.Text.RegularExpressions;

namespace Koinon.ArchitectureTests;

/// <summary>How the sources are cut and laid out: one type a file, namespace and folder, columns.</summary>
public sealed partial class SourceTests
{
    private const int ColumnsMax = 120;

    /// <summary>A type that may stand beside another in its file (one of a closed family) is this short.</summary>
    private const int LinesOfATinyType = 40;

    private static readonly string[] All = ["src", "tests", "bench"];

    // Written in two parts so that this file does not trip over itself.
    private static readonly string[] Leftovers = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "#reg" + "ion"];

    [Fact]
    public void Lines_OfEverySource_KeepTheColumns()
    {
        IEnumerable<string> tooLong =
            from source in House.Sources(All)
            from line in source.Lines.Index()
            where line.Item.Length > ColumnsMax && !HoldsAVector(source, line.Item)
            select $"{source.Path}:{line.Index + 1} has {line.Item.Length} columns";

        Findings.ShouldBeNone(tooLong);
    }

    [Fact]
    public void Sources_HoldNoLeftovers()
    {
        IEnumerable<string> found =
            from source in House.Sources(All)
            from line in source.Lines.Index()
            from leftover in Leftovers
            where Regex.IsMatch(line.Item, $@"(?<!\w){Regex.Escape(leftover)}(?!\w)")
            select $"{source.Path}:{line.Index + 1} holds {leftover}";

        Findings.ShouldBeNone(found);
    }

    [Fact]
    public void Namespace_OfEverySource_IsItsFolder()
    {
        IEnumerable<string> wrong =
            from source in House.Sources(All)
            let matches = NamespaceDeclaration().Matches(source.CodeAlone)
            let declared = matches.Select(static match => match.Groups[1].Value).ToList()
            where declared.Count > 0
            let folder = string.Join('.', source.Path.Split('/')[1..^1])
            where declared.Count > 1 || declared[0] != folder
            select $"{source.Path} declares {string.Join(", ", declared)}, its folder is {folder}";

        Findings.ShouldBeNone(wrong);
    }

    [Fact]
    public void FileName_OfEverySource_IsTheNameOfItsType()
    {
        IEnumerable<string> wrong =
            from source in House.Sources(All)
            let types = TypesOf(source)
            where types.Count > 0
            let strangers = types.Where(type => type.Name != source.TypeName).ToList()
            where strangers.Count > 0
            let isFamily = types.Count > 1 && strangers.All(static type => type.Lines <= LinesOfATinyType)
            where !isFamily
            select $"{source.Path} holds {string.Join(", ", strangers.Select(static type => type.Name).Distinct())}";

        Findings.ShouldBeNone(wrong);
    }

    /// <summary>A test's or benchmark's vector that cannot be broken without making it harder to search for.</summary>
    private static bool HoldsAVector(SourceFile source, string line) =>
        !source.Path.StartsWith("src/", StringComparison.Ordinal)
        && line.Split(' ', '"').Any(static word => word.Length >= 64 && word.All(char.IsAsciiHexDigitLower));

    /// <summary>The types at a file's first column (namespaces are file-scoped), with the lines each takes.</summary>
    private static List<(string Name, int Lines)> TypesOf(SourceFile source)
    {
        List<(string Name, int Lines)> types = [];
        string[] lines = source.CodeAlone.Split('\n');
        for (int start = 0; start < lines.Length; start++)
        {
            Match match = TypeDeclaration().Match(lines[start]);
            if (match.Success)
            {
                int end = start;
                while (end < lines.Length - 1 && lines[end] != "}" && !(end == start && lines[end].EndsWith(';')))
                {
                    end++;
                }

                types.Add((match.Groups["name"].Value, end - start + 1));
                start = end;
            }
        }

        return types;
    }

    [GeneratedRegex(@"^namespace\s+([\w.]+)\s*;", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();

    [GeneratedRegex(@"^(?:(?:public|internal|file|sealed|static|abstract|readonly|ref|partial|unsafe)\s+)*"
        + @"(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?|delegate\s+[\w<>?\[\].]+)\s+(?<name>\w+)")]
    private static partial Regex TypeDeclaration();
}
