using System.CommandLine;

namespace Koinon.Cli.Commands;

/// <summary>The program's whole command line: one class a verb, this one only lists them.</summary>
internal static class KoinonCommand
{
    /// <summary>Makes the root with every verb.</summary>
    public static RootCommand Create() => new("Koinon: an Ethereum-compatible blockchain in C#.")
    {
        AccountCommand.Create(),
        DbCommand.Create(),
        DevCommand.Create(),
        EvmCommand.Create(),
        ExportCommand.Create(),
        FixturesCommand.Create(),
        ImportCommand.Create(),
        NodeCommand.Create(),
    };
}
