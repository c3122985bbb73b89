using System.CommandLine;
using Koinon.Cli.Commands;

namespace Koinon.Cli;

/// <summary>The entry of the program.</summary>
internal static class Program
{
    /// <summary>What the program exits with when it cannot read its input or an option.</summary>
    private const int CannotRead = 2;

    private static int Main(string[] arguments)
    {
        ParseResult parsed = KoinonCommand.Create().Parse(arguments);
        int exitCode = parsed.Invoke();
        return parsed.Errors.Count > 0 ? CannotRead : exitCode;
    }
}
