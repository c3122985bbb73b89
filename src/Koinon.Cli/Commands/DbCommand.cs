using System.CommandLine;

namespace Koinon.Cli.Commands;

/// <summary><c>koinon db</c>: what a data directory holds.</summary>
internal static class DbCommand
{
    /// <summary>The verb with its own verbs.</summary>
    public static Command Create() => new(
        "db",
        """
        Looks into a data directory, checks it, makes it smaller, takes it elsewhere.

        Examples:
          koinon db stats --datadir ./chain
          koinon db verify --datadir ./chain
          koinon db prune --datadir ./chain --history 10000
          koinon db export --datadir ./chain chain.koinon
          koinon db import --datadir ./copy chain.koinon
        """)
    {
        DbStatsCommand.Create(),
        DbVerifyCommand.Create(),
        DbPruneCommand.Create(),
        DbExportCommand.Create(),
        DbImportCommand.Create(),
    };
}
