using System.CommandLine;
using System.CommandLine.Help;
using Koinon.Cli.Commands;

namespace Koinon.Cli;

/// <summary>The entry of the program.</summary>
internal static class Program
{
    /// <summary>What the program exits with when it cannot read its input or an option.</summary>
    private const int CannotRead = 2;

    /// <summary>
    /// Threads that are there at once: calls that calculate for seconds do not keep the others waiting.
    /// </summary>
    private const int ThreadsMin = 16;

    private static int Main(string[] arguments)
    {
        ThreadPool.SetMinThreads(Math.Max(ThreadsMin, Environment.ProcessorCount), ThreadsMin);
        RootCommand root = KoinonCommand.Create();
        Configuration configuration = new(root, Environment.GetEnvironmentVariable);
        configuration.AddOptions();
        ParseResult parsed = configuration.Read(arguments, out string? error);
        if (error is not null)
        {
            Console.Error.WriteLine($"koinon: {error}");
            return CannotRead;
        }

        if (parsed.Errors.Count > 0 && arguments.Length > 0 && parsed.Action is not HelpAction)
        {
            new ParseFaults(configuration.SourceOf).Write(parsed, Console.Error);
            return CannotRead;
        }

        if (parsed.Errors.Count == 0 && configuration.TryShow(parsed, arguments, Console.Out))
        {
            return 0;
        }

        using Termination termination = new();
        int exitCode = parsed
            .InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }, termination.Asked)
            .GetAwaiter().GetResult();
        return parsed.Errors.Count > 0 ? CannotRead : exitCode;
    }
}
