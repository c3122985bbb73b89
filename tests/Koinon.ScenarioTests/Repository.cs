namespace Koinon.ScenarioTests;

/// <summary>Where the project lies that these tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds <c>Koinon.slnx</c>.</summary>
    public static string Root { get; } = Find();

    private static string Find()
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
