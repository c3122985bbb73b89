using System.CommandLine;

namespace Koinon.Cli.Commands;

/// <summary><c>koinon evm</c>: the execution core by itself.</summary>
internal static class EvmCommand
{
    /// <summary>The verb with its own verbs.</summary>
    internal static Command Create() => new("evm", "Run code on the execution core alone.") { EvmRunCommand.Create() };
}
