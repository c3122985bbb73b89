using System.CommandLine;
using Koinon.Cli.Commands;

namespace Koinon.Cli;

/// <summary>The entry of the program: one class a verb stands in <c>Commands</c>, this one only lists them.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        RootCommand root = new("Koinon: an Ethereum-compatible blockchain in C#.")
        {
            DevCommand.Create(),
            FixturesCommand.Create(),
        };
        return root.Parse(arguments).Invoke();
    }
}
