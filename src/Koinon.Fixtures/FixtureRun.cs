using System.Text.Json;
using System.Threading.Channels;
using Koinon.Fixtures.Formats;
using Koinon.Fixtures.Reading;

namespace Koinon.Fixtures;

/// <summary>Runs files, folders and archives of official tests.</summary>
/// <param name="options">What of them is run, and how.</param>
/// <param name="listener">Hears of each case.</param>
/// <remarks>
/// A file is parsed once, by the worker that runs it; no more files are in memory than workers, and as many again out
/// of an archive that is read ahead.
/// </remarks>
public sealed class FixtureRun(FixtureOptions options, IRunListener listener)
{
    private static readonly JsonDocumentOptions Json = new() { MaxDepth = 128 };

    private readonly RunCounts _counts = new();

    /// <summary>Runs everything that the paths name.</summary>
    /// <param name="paths">Files, archives and folders.</param>
    /// <param name="cancellation">Ends the run after the cases that are running.</param>
    public async Task<RunSummary> RunAsync(IReadOnlyList<string> paths, CancellationToken cancellation = default)
    {
        FixtureFinder found = FixtureFinder.Find(paths);
        foreach (string missing in found.Missing)
        {
            ReportUnreadable(missing, "there is no such file or folder: check the path");
        }

        Channel<FixtureFile> files = Channel.CreateBounded<FixtureFile>(options.Jobs);
        List<Task> tasks = [Task.Run(() => FeedAsync(found, files.Writer, cancellation), cancellation)];
        for (int i = 0; i < options.Jobs; i++)
        {
            tasks.Add(Task.Run(() => WorkAsync(files.Reader, cancellation), cancellation));
        }

        await Task.WhenAll(tasks).ConfigureAwait(false);
        return _counts.Summarise();
    }

    private async Task FeedAsync(
        FixtureFinder found, ChannelWriter<FixtureFile> writer, CancellationToken cancellation)
    {
        try
        {
            foreach (FixtureFile file in found.Files)
            {
                await writer.WriteAsync(file, cancellation).ConfigureAwait(false);
            }

            foreach (string archive in found.Archives)
            {
                await FeedArchiveAsync(archive, writer, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            writer.Complete();
        }
    }

    private async Task FeedArchiveAsync(
        string archive, ChannelWriter<FixtureFile> writer, CancellationToken cancellation)
    {
        try
        {
            foreach (FixtureFile file in FixtureArchive.Read(archive))
            {
                await writer.WriteAsync(file, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            ReportUnreadable(archive, exception.Message);
        }
    }

    private async Task WorkAsync(ChannelReader<FixtureFile> reader, CancellationToken cancellation)
    {
        using FixtureWorker worker = new();
        await foreach (FixtureFile file in reader.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            using (file)
            {
                RunFile(file, worker);
            }
        }
    }

    private void RunFile(FixtureFile file, FixtureWorker worker)
    {
        try
        {
            if (!file.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            {
                ReportNotATest(file.Name);
                return;
            }

            using JsonDocument document = JsonDocument.Parse(file.Load(), Json);
            if (FormatList.Find(document.RootElement) is { } format)
            {
                _counts.AddFile();
                format.Run(new FixtureContext(file.Name, document.RootElement, worker, options, listener, _counts));
                listener.FileEnded(file.Name);
            }
            else if (FormatList.IsNotATest(document.RootElement))
            {
                ReportNotATest(file.Name);
            }
            else
            {
                ReportUnreadable(file.Name, "its content is of no format that is known here");
            }
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            ReportUnreadable(file.Name, exception.Message);
        }
    }

    private static bool IsUnreadable(Exception exception) => exception
        is FixtureFormatException or JsonException or IOException
        or UnauthorizedAccessException or InvalidDataException;

    private void ReportNotATest(string file)
    {
        _counts.AddNotATest();
        listener.NotATest(file);
    }

    private void ReportUnreadable(string name, string reason)
    {
        _counts.AddUnreadable();
        listener.Unreadable(name, reason);
    }
}
