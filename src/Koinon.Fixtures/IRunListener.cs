namespace Koinon.Fixtures;

/// <summary>Hears of a run as it goes on.</summary>
/// <remarks>Called from every worker at once: implementations lock.</remarks>
public interface IRunListener
{
    /// <summary>A case has ended.</summary>
    void CaseEnded(CaseResult result);

    /// <summary>A file has ended.</summary>
    /// <param name="file">Its name.</param>
    void FileEnded(string file);

    /// <summary>A file is no test, and none is asked of it.</summary>
    /// <param name="file">Its name.</param>
    void NotATest(string file);

    /// <summary>Something that should be read cannot be.</summary>
    /// <param name="name">The file, archive or path.</param>
    /// <param name="reason">Why, and what to do.</param>
    void Unreadable(string name, string reason);
}
