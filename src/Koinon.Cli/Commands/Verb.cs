using System.CommandLine;

namespace Koinon.Cli.Commands;

/// <summary>How a verb ends that could not do what it was asked.</summary>
internal static class Verb
{
    /// <summary>What was asked failed.</summary>
    public const int Failed = 1;

    /// <summary>An option or a file that was named cannot be read.</summary>
    public const int CannotRead = 2;

    /// <summary>The action of a verb that serves until it is told to end.</summary>
    /// <param name="run">What it does.</param>
    /// <returns>
    /// The action, which gives the thread back at once: the parser hears Ctrl-C and requests to terminate only from
    /// then on, and what comes before that would be lost to the web host, whose end is not the program's.
    /// </returns>
    public static Func<ParseResult, CancellationToken, Task<int>> Serving(
        Func<ParseResult, CancellationToken, Task<int>> run) =>
        async (arguments, cancellation) =>
        {
            await Task.Yield();
            return await run(arguments, cancellation).ConfigureAwait(false);
        };

    /// <summary>Waits for Ctrl-C or a request to terminate.</summary>
    public static async Task WaitForEndAsync(CancellationToken cancellation)
    {
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (cancellation.Register(ended.SetResult).ConfigureAwait(false))
        {
            await ended.Task.ConfigureAwait(false);
        }
    }

    /// <summary>Says why what was asked failed.</summary>
    public static int Fail(string verb, string why)
    {
        Console.Error.WriteLine($"koinon {verb}: {why}");
        return Failed;
    }

    /// <summary>Says what cannot be read.</summary>
    public static int Refuse(string verb, string why)
    {
        Console.Error.WriteLine($"koinon {verb}: {why}");
        return CannotRead;
    }
}
