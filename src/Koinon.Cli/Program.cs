using System.CommandLine;
using Koinon.Cli.Commands;

namespace Koinon.Cli;

/// <summary>The entry of the program: one class a verb stands in <c>Commands</c>, this one only lists them.</summary>
internal static class Program
{
    /// <summary>What the program exits with when it cannot read its input or an option.</summary>
    private const int CannotRead = 2;

    private static int Main(string[] arguments)
    {
        RootCommand root = new("Koinon: an Ethereum-compatible blockchain in C#.")
        {
            DevCommand.Create(),
            EvmCommand.Create(),
            FixturesCommand.Create(),
        };
        ParseResult parsed = root.Parse(arguments);
        int exitCode = parsed.Invoke();
        return parsed.Errors.Count > 0 ? CannotRead : exitCode;
    }
}
