using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Koinon.Rpc.Tests.Conformance;

/// <summary>The official conformance material of JSON-RPC (ethereum/execution-apis), unpacked once.</summary>
internal static class ExecutionApis
{
    private static readonly Lazy<string> Unpacked = new(Unpack);

    /// <summary>The folder of the files of exchanges, with the chain they speak of.</summary>
    public static string Tests => Path.Combine(Unpacked.Value, "tests");

    /// <summary>The specification, its references resolved.</summary>
    public static string Specification => Path.Combine(Unpacked.Value, "openrpc.json");

    private static string Unpack()
    {
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", ".."));
        string folder = Path.Combine(root, "artifacts", "fixtures");
        ProcessStartInfo start = new(Path.Combine(root, "tests", "fixtures", "unpack"), [folder, "execution-apis"]);
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode == 0
            ? Path.Combine(folder, "execution-apis")
            : throw new InvalidOperationException("tests/fixtures/unpack failed");
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
