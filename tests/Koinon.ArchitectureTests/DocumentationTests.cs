using System.Xml.Linq;

namespace Koinon.ArchitectureTests;

/// <summary>The public surface is documented; the compiler holds it, these tests hold the compiler to it.</summary>
public sealed class DocumentationTests
{
    /// <summary>
    /// The opcodes: their mnemonics are what everybody knows them by, and the table beside them says the rest.
    /// </summary>
    private const string Mnemonics = "src/Koinon.Evm/Instructions/Opcode.cs";

    [Fact]
    public void PublicTypes_OfEveryProject_AreInTheDocumentation()
    {
        IEnumerable<string> missing =
            from project in House.Projects
            let documented = House.Documentation(project).Descendants("member").ToDictionary(
                static member => (string)member.Attribute("name")!, static member => member)
            from Type type in House.LoadAssembly(project).GetExportedTypes()
            where type.Namespace?.StartsWith("Koinon", StringComparison.Ordinal) == true
            where !type.FullName!.Contains('<', StringComparison.Ordinal) // The compiler's own, for extensions.
            let id = "T:" + type.FullName!.Replace('+', '.')
            where !documented.TryGetValue(id, out XElement? member) || !SaysSomething(member)
            select id;

        Findings.ShouldBeNone(missing);
    }

    [Fact]
    public void Members_InTheDocumentation_SaySomething()
    {
        IEnumerable<string> empty =
            from project in House.Projects
            from member in House.Documentation(project).Descendants("member")
            where !SaysSomething(member)
            select (string)member.Attribute("name")!;

        Findings.ShouldBeNone(empty);
    }

    [Fact]
    public void MissingDocumentation_OfNoProject_IsSwitchedOff()
    {
        IEnumerable<string> files =
            from project in House.Projects
            where House.ProjectFile(project).ToString().Contains("1591", StringComparison.Ordinal)
            select project;
        IEnumerable<string> sources =
            from source in House.Sources("src")
            where source.WithoutComments.Contains("CS1591", StringComparison.Ordinal)
            where source.Path != Mnemonics
            select source.Path;

        Findings.ShouldBeNone(files.Concat(sources));
    }

    [Fact]
    public void Projects_InTheSourceFolder_HaveAPageOfAtMostOneScreen()
    {
        const int LinesOfAScreen = 60;
        Assert.All(House.Projects, static project =>
        {
            string page = Path.Combine(House.Root, "src", project, "README.md");
            Assert.True(File.Exists(page), $"{project} has no README.md");
            int lines = File.ReadAllLines(page).Length;
            Assert.True(lines <= LinesOfAScreen, $"{project}/README.md has {lines} lines, not {LinesOfAScreen}");
        });
    }

    // Generated members (regular expressions, JSON) document themselves with remarks or by inheritance.
    private static bool SaysSomething(XElement member) =>
        member.Elements().Any(static part => part.Name.LocalName is "inheritdoc" || part.Value.Trim().Length > 0);
}
