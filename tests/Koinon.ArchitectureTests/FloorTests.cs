using System.Reflection;

namespace Koinon.ArchitectureTests;

/// <summary>The arrows of the house point down, in the project files and in what the compiler made of them.</summary>
public sealed class FloorTests
{
    [Fact]
    public void Projects_InTheSourceFolder_HaveAFloorEach() =>
        Assert.All(House.Projects, static project => Assert.True(Floors.Has(project), $"{project} stands on no floor"));

    [Fact]
    public void Table_OfEveryRoom_PointsDownward() =>
        Assert.All(House.Projects, static project => Assert.All(
            Floors.MayUse(project),
            used => Assert.True(Floors.Of(used) < Floors.Of(project), Floors.Sentence(project, used))));

    [Fact]
    public void ProjectReferences_OfEveryProject_PointToWhatTheTableAllows()
    {
        IEnumerable<string> forbidden =
            from project in House.Projects
            from reference in House.ProjectFile(project).Descendants("ProjectReference")
            let used = Path.GetFileNameWithoutExtension(((string?)reference.Attribute("Include"))!.Replace('\\', '/'))
            where !Floors.MayUse(project).Contains(used)
            select Floors.Sentence(project, used);

        Findings.ShouldBeNone(forbidden);
    }

    [Fact]
    public void AssemblyReferences_OfEveryProject_PointToWhatTheTableAllows()
    {
        IEnumerable<string> forbidden =
            from project in House.Projects
            from used in House.LoadAssembly(project).GetReferencedAssemblies()
            where used.Name!.StartsWith("Koinon.", StringComparison.Ordinal)
            where !Floors.MayUse(project).Contains(used.Name!)
            select Floors.Sentence(project, used.Name!);

        Findings.ShouldBeNone(forbidden);
    }

    [Fact]
    public void AssemblyReferences_OfTheCore_AreTheSharedFrameworkAlone()
    {
        IEnumerable<string> foreign =
            from project in House.Projects
            where Floors.Of(project) <= Floors.HighestCoreFloor
            from AssemblyName used in House.LoadAssembly(project).GetReferencedAssemblies()
            where !used.Name!.StartsWith("Koinon.", StringComparison.Ordinal)
            where !used.Name!.StartsWith("System.", StringComparison.Ordinal)
            select $"{project} uses {used.Name}: floors 1 to {Floors.HighestCoreFloor} use the shared framework alone";

        Findings.ShouldBeNone(foreign);
    }

    [Fact]
    public void Solution_ListsEveryProject()
    {
        string solution = File.ReadAllText(Path.Combine(House.Root, "Koinon.slnx"));
        IEnumerable<string> missing =
            from folder in new[] { "src", "tests", "bench" }
            let top = Path.Combine(House.Root, folder)
            from path in Directory.EnumerateFiles(top, "*.csproj", SearchOption.AllDirectories)
            let name = Path.GetRelativePath(House.Root, path).Replace('\\', '/')
            where !solution.Contains($"\"{name}\"", StringComparison.Ordinal)
            select name;

        Findings.ShouldBeNone(missing);
    }
}
