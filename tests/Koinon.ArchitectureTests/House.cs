using System.Reflection;
using System.Xml.Linq;

namespace Koinon.ArchitectureTests;

/// <summary>What stands in the repository: its root, its projects, their sources and their assemblies.</summary>
internal static class House
{
    /// <summary>The folder that holds <c>Koinon.slnx</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The projects under <c>src/</c>, by name.</summary>
    public static IReadOnlyList<string> Projects { get; } =
        [.. Directory.GetDirectories(Path.Combine(Root, "src")).Select(Path.GetFileName).OfType<string>().Order()];

    /// <summary>The C# sources under folders of the root, in order of name; build output stands elsewhere.</summary>
    public static IEnumerable<SourceFile> Sources(params string[] folders) =>
        from folder in folders
        let top = Path.Combine(Root, folder)
        from path in Directory.EnumerateFiles(top, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        select new SourceFile(Path.GetRelativePath(Root, path).Replace('\\', '/'), File.ReadAllText(path));

    /// <summary>The project file of a room.</summary>
    public static XDocument ProjectFile(string project) =>
        XDocument.Load(Path.Combine(Root, "src", project, project + ".csproj"));

    /// <summary>The assembly a room builds, as it stands beside these tests.</summary>
    public static Assembly LoadAssembly(string project) => Assembly.LoadFrom(AssemblyPath(project, ".dll"));

    /// <summary>The documentation file a room builds.</summary>
    public static XDocument Documentation(string project) => XDocument.Load(AssemblyPath(project, ".xml"));

    private static string AssemblyPath(string project, string extension) =>
        Path.Combine(AppContext.BaseDirectory, AssemblyName(project) + extension);

    private static string AssemblyName(string project) =>
        ProjectFile(project).Descendants("AssemblyName").Select(static name => name.Value).SingleOrDefault() ?? project;

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Koinon.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Koinon.slnx above {AppContext.BaseDirectory}.");
    }
}
