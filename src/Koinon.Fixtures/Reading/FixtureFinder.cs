namespace Koinon.Fixtures.Reading;

/// <summary>Turns the paths of a run into files and archives.</summary>
public sealed class FixtureFinder
{
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = false,
    };

    private readonly List<FixtureFile> _files = [];
    private readonly List<string> _archives = [];
    private readonly List<string> _missing = [];

    /// <summary>
    /// Files on disk, the longest first as far as can be told: none starts when the others have ended.
    /// </summary>
    public IReadOnlyList<FixtureFile> Files => _files;

    /// <summary>Archives, in the order in which they were named.</summary>
    public IReadOnlyList<string> Archives => _archives;

    /// <summary>What was named and is not there.</summary>
    public IReadOnlyList<string> Missing => _missing;

    /// <summary>
    /// Looks at each path: a file, an archive, or a folder with all below it, archives in it included.
    /// </summary>
    public static FixtureFinder Find(IReadOnlyList<string> paths)
    {
        FixtureFinder finder = new();
        foreach (string path in paths)
        {
            finder.Add(path);
        }

        finder._files.Sort(static (left, right) =>
        {
            int order = IsSlow(right).CompareTo(IsSlow(left));
            order = order != 0 ? order : right.Length.CompareTo(left.Length);
            return order != 0 ? order : string.CompareOrdinal(left.Name, right.Name);
        });
        return finder;
    }

    // Sets whose files take seconds to minutes though they are small: the authors gathered them under these names.
    private static bool IsSlow(FixtureFile file) =>
        file.Name.Contains("TimeConsuming", StringComparison.Ordinal)
        || file.Name.Contains("benchmark", StringComparison.Ordinal);

    private void Add(string path)
    {
        if (Directory.Exists(path))
        {
            foreach (FileInfo file in new DirectoryInfo(path).EnumerateFiles("*", Everything))
            {
                string relative = Path.GetRelativePath(Path.GetFullPath(path), file.FullName);
                AddFile(Path.Combine(path, relative), file.Length);
            }
        }
        else if (File.Exists(path))
        {
            AddFile(path, new FileInfo(path).Length);
        }
        else
        {
            _missing.Add(path);
        }
    }

    private void AddFile(string path, long length)
    {
        if (FixtureArchive.IsArchive(path))
        {
            _archives.Add(path);
        }
        else
        {
            _files.Add(FixtureFile.OnDisk(path, length));
        }
    }
}
