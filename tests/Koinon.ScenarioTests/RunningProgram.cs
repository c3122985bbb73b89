using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Koinon.ScenarioTests;

/// <summary>The real program, started as a user starts it; ended with the test.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private const string LastLine = "Listening on ";
    private const int TerminateSignal = 15;

    private readonly Process _process;

    private RunningProgram(Process process, Uri url, IReadOnlyList<string> banner)
    {
        _process = process;
        Url = url;
        Banner = banner;
    }

    /// <summary>Where it says that it listens.</summary>
    public Uri Url { get; }

    /// <summary>What it printed up to and with its last line.</summary>
    public IReadOnlyList<string> Banner { get; }

    /// <summary>Runs <c>./koinon dev --port 0</c> and waits until it listens.</summary>
    public static Task<RunningProgram> StartDevAsync(CancellationToken cancellation) =>
        StartAsync(["dev", "--port", "0"], cancellation);

    /// <summary>Runs <c>./koinon</c> and waits until it listens.</summary>
    /// <param name="arguments">The verb and its options.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<RunningProgram> StartAsync(string[] arguments, CancellationToken cancellation)
    {
        Process process = Start(arguments);
        List<string> banner = [];
        while (await process.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            banner.Add(line);
            if (line.StartsWith(LastLine, StringComparison.Ordinal))
            {
                return new RunningProgram(process, new Uri($"http://{line[LastLine.Length..]}/"), banner);
            }
        }

        throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(cancellation));
    }

    /// <summary>Runs <c>./koinon</c> to its end.</summary>
    /// <returns>Its exit code and what it wrote to the error stream.</returns>
    public static async Task<(int ExitCode, string Error)> RunAsync(string[] arguments, CancellationToken cancellation)
    {
        using Process process = Start(arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation);
        string error = await process.StandardError.ReadToEndAsync(cancellation);
        await output;
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, error);
    }

    /// <summary>Runs <c>./koinon</c> and does not wait for anything.</summary>
    public static RunningProgram StartWithoutWaiting(string[] arguments)
    {
        Process process = Start(arguments);
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new RunningProgram(process, new Uri("http://localhost/"), []);
    }

    /// <summary>Asks one thing over HTTP.</summary>
    /// <returns>The whole answer.</returns>
    public async Task<JsonElement> AskAsync(string json, CancellationToken cancellation)
    {
        using HttpClient client = new();
        using StringContent body = new(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.PostAsync(Url, body, cancellation);
        return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(cancellation));
    }

    /// <summary>Reads what it writes to the error stream up to a line that holds a text.</summary>
    public async Task<string> ReadErrorAsync(string text, CancellationToken cancellation)
    {
        while (await _process.StandardError.ReadLineAsync(cancellation) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal)) return line;
        }

        throw new InvalidOperationException($"it never wrote '{text}'");
    }

    /// <summary>Its process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>What it ended with.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Kills it, as a crash would: it has no time for anything.</summary>
    public async Task KillAsync(CancellationToken cancellation)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellation);
    }

    /// <summary>Waits for its end for some time.</summary>
    /// <returns>Whether it has ended.</returns>
    public async Task<bool> EndsWithinAsync(TimeSpan time, CancellationToken cancellation)
    {
        Task ended = _process.WaitForExitAsync(cancellation);
        return await Task.WhenAny(ended, Task.Delay(time, cancellation)) == ended;
    }

    /// <summary>Asks it to terminate, as systemd or a container does, and waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> TerminateAsync(CancellationToken cancellation)
    {
        using Process kill = Process.Start("kill", [$"-{TerminateSignal}", $"{_process.Id}"]);
        await _process.WaitForExitAsync(cancellation);
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static Process Start(string[] arguments)
    {
        ProcessStartInfo start = new(Path.Combine(Repository.Root, "koinon"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        return Process.Start(start)!;
    }
}
