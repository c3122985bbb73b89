using System.Diagnostics;
using System.Text.Json;

namespace Koinon.ScenarioTests;

/// <summary>Runs unmodified clients: scripts under <c>clients/</c>, and commands that npm brought.</summary>
internal static class NodeScript
{
    /// <summary>The folder of the clients.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Koinon.ScenarioTests", "clients");

    /// <summary>The contract that every walk deploys.</summary>
    public static string Contract { get; } =
        Path.Combine(Repository.Root, "tests", "Koinon.ScenarioTests", "contracts", "Vault.sol");

    /// <summary>A command that a package of npm brought.</summary>
    public static string Command(string package, string name) =>
        Path.Combine(Folder, "node_modules", package, "bin", name);

    /// <summary>Runs a script over a chain, and reads what it saw.</summary>
    public static async Task<JsonElement> WalkAsync(string script, Uri url, CancellationToken cancellation)
    {
        string output = await RunAsync(
            "node", [Path.Combine(Folder, script), url.ToString(), Contract], Folder, cancellation);
        return JsonSerializer.Deserialize<JsonElement>(output);
    }

    /// <summary>Runs a command to its end.</summary>
    /// <returns>What it wrote to its output.</returns>
    public static async Task<string> RunAsync(
        string command, IEnumerable<string> arguments, string folder, CancellationToken cancellation)
    {
        Assert.True(
            Directory.Exists(Path.Combine(Folder, "node_modules")),
            "The clients are not installed: run ./test, or npm ci in tests/Koinon.ScenarioTests/clients.");
        ProcessStartInfo start = new(command, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["NO_COLOR"] = "1";
        start.Environment["HARDHAT_DISABLE_TELEMETRY_PROMPT"] = "true";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(cancellation);
        string output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        Assert.True(process.ExitCode == 0, $"{command} ended with {process.ExitCode}\n{output}\n{await error}");
        return output;
    }
}
