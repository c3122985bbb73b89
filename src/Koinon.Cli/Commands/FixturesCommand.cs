using System.CommandLine;
using System.Diagnostics;
using Koinon.Fixtures;

namespace Koinon.Cli.Commands;

/// <summary><c>koinon fixtures</c>: runs official test files and says which cases failed.</summary>
internal static class FixturesCommand
{
    private const int CannotRead = 2;

    /// <summary>The verb with its options.</summary>
    internal static Command Create()
    {
        Argument<string[]> paths = new("paths")
        {
            Description = "Files, folders or archives (.tar, .tar.gz, .tar.xz) of official tests.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> filter = new("--filter")
        {
            Description = "Only cases whose file or name holds this text.",
            HelpName = "TEXT",
        };
        Option<string?> fork = new("--fork")
        {
            Description = "Only cases of this fork or network, as the tests name it.",
            HelpName = "NAME",
        };
        Option<int> jobs = new("--jobs")
        {
            Description = "Files that are run at once.",
            HelpName = "N",
            DefaultValueFactory = static _ => Environment.ProcessorCount,
        };
        jobs.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int count) && count < 1)
            {
                result.AddError("--jobs needs a number from 1 on.");
            }
        });
        Option<bool> trace = new("--trace")
        {
            Description = "Run each failing case again and print its EIP-3155 trace on the error stream.",
        };
        Option<FileInfo?> json = new("--json")
        {
            Description = "Write name, fork, pass, reason, gas and milliseconds of every case to this file.",
            HelpName = "FILE",
        };
        Command command = new("fixtures", "Run official execution-layer tests.")
        {
            paths, filter, fork, jobs, trace, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            new FixtureOptions
            {
                Filter = parsed.GetValue(filter),
                Fork = parsed.GetValue(fork),
                Jobs = parsed.GetValue(jobs),
                Trace = parsed.GetValue(trace) ? new TraceOutput(Console.OpenStandardError()) : null,
            },
            parsed.GetValue(paths) ?? [],
            parsed.GetValue(json),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        FixtureOptions options, string[] paths, FileInfo? json, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        using FixtureResultFile? results = json is null ? null : FixtureResultFile.TryCreate(json);
        if (json is not null && results is null)
        {
            await Console.Error.WriteLineAsync(
                $"koinon: cannot write {json.FullName}: check that its folder is there and may be written.")
                .ConfigureAwait(false);
            return CannotRead;
        }

        using FixtureProgress progress = new(Console.Out, isLive: !Console.IsOutputRedirected, results);
        RunSummary summary = await new FixtureRun(options, progress).RunAsync(paths, cancellation)
            .ConfigureAwait(false);
        progress.WriteSummary(summary, Stopwatch.GetElapsedTime(start));
        return summary.ExitCode;
    }
}
