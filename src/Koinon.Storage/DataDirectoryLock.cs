using System.Globalization;

namespace Koinon.Storage;

/// <summary>A data directory belongs to one process: the system takes the lock away when that process dies.</summary>
public sealed class DataDirectoryLock : IDisposable
{
    private const string LockName = "LOCK", OwnerName = "LOCK.pid";
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    /// <summary>Takes a data directory, making it where it does not exist, for its owner alone.</summary>
    /// <param name="directory">Which.</param>
    /// <exception cref="StoreException">Another process has it, or it cannot be used.</exception>
    public static DataDirectoryLock Acquire(string directory)
    {
        if (File.Exists(directory))
        {
            throw new StoreException(
                StoreError.Disk, $"the data directory '{directory}' cannot be used: a file has that name");
        }

        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
            else Directory.CreateDirectory(directory, OwnerAlone);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unusable(directory, failure);
        }

        FileStream file;
        try
        {
            file = new FileStream(
                Path.Combine(directory, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw Unusable(directory, failure);
        }
        catch (IOException failure)
        {
            throw Owner(directory) is { } owner
                ? new StoreException(
                    StoreError.Locked,
                    $"the data directory '{directory}' is in use by process {owner}: stop it, or choose another " +
                    "--datadir",
                    failure)
                : Unusable(directory, failure);
        }

        try
        {
            File.WriteAllText(
                Path.Combine(directory, OwnerName), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            // A full disk: who has the directory will not be named, but it is taken, and can be read.
        }

        return new DataDirectoryLock(file);
    }

    /// <summary>Gives the directory up.</summary>
    public void Dispose() => _file.Dispose();

    private static string? Owner(string directory)
    {
        try
        {
            string owner = File.ReadAllText(Path.Combine(directory, OwnerName)).Trim();
            return owner.Length == 0 ? "(unknown)" : owner;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (IOException)
        {
            return "(unknown)";
        }
    }

    private static StoreException Unusable(string directory, Exception failure) => new(
        StoreError.Disk, $"the data directory '{directory}' cannot be used: {failure.Message}", failure);
}
