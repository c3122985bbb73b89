using Koinon.Node.Development;

namespace Koinon.Cli.Commands;

/// <summary>Writes the state of a development chain to a file: whole, or not at all.</summary>
/// <param name="node">The chain.</param>
/// <param name="path">The file.</param>
internal sealed class DevStateDump(DevelopmentNode node, string path)
{
    /// <summary>Writes again and again until it is ended.</summary>
    public async Task RunAsync(TimeSpan interval, TimeProvider time, CancellationToken cancellation)
    {
        using PeriodicTimer timer = new(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false))
            {
                await WriteAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The program ends; the last writing is its own.
        }
    }

    /// <summary>Writes the file beside the old one, then takes its place.</summary>
    public async Task WriteAsync()
    {
        string unfinished = path + ".new";
        FileStream file = File.Create(unfinished);
        await using (file.ConfigureAwait(false))
        {
            await node.WriteStateAsync(file, isPacked: false, CancellationToken.None).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }
}
