using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Koinon.ArchitectureTests;

/// <summary>Static initialisers stand on their own: no cycle among them, each type can be the first touched.</summary>
public sealed class InitializerTests
{
    [Fact]
    public void Initializers_OfTheHouse_FormNoCycle()
    {
        InitializerGraph graph = new(House.Projects.Select(House.LoadAssembly));

        Assert.NotEqual(0, graph.Count);
        Findings.ShouldBeNone(graph.Cycles());
    }

    [Fact]
    public void Cycles_OfTwoTypesThatReadEachOther_AreFound()
    {
        InitializerGraph graph = new([typeof(InitializerTests).Assembly]);

        Assert.Contains(graph.Cycles(), static cycle =>
            cycle.Contains(nameof(Hen), StringComparison.Ordinal)
            && cycle.Contains(nameof(Egg), StringComparison.Ordinal));
    }

    [Fact]
    public void Initializer_OfEachType_RunsFirstInAFreshContext() =>
        Findings.ShouldBeNone(
            from project in House.Projects
            let assembly = House.LoadAssembly(project)
            from type in assembly.GetTypes()
            where type.TypeInitializer is not null && !type.ContainsGenericParameters
            let failure = InitializeAlone(assembly.Location, type.FullName!)
            where failure is not null
            select $"{type.FullName}: {failure}");

    /// <summary>Loads the assembly anew, runs one initialiser before anything else, and says what went wrong.</summary>
    private static string? InitializeAlone(string path, string typeName)
    {
        AssemblyLoadContext context = new("alone", isCollectible: true);
        string folder = Path.GetDirectoryName(path)!;
        context.Resolving += (loading, name) =>
        {
            bool isOurs = name.Name!.StartsWith("Koinon", StringComparison.Ordinal);
            return isOurs ? loading.LoadFromAssemblyPath(Path.Combine(folder, name.Name + ".dll")) : null;
        };
        try
        {
            Type type = context.LoadFromAssemblyPath(path).GetType(typeName, throwOnError: true)!;
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
            return null;
        }
        catch (TypeInitializationException failure)
        {
            return failure.InnerException?.Message ?? failure.Message;
        }
        finally
        {
            context.Unload();
        }
    }

    private static class Hen
    {
        public static readonly int Age = Egg.Age + 1;
    }

    private static class Egg
    {
        public static readonly int Age = Hen.Age + 1;
    }
}
