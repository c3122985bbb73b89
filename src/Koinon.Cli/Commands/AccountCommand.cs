using System.CommandLine;

namespace Koinon.Cli.Commands;

/// <summary><c>koinon account</c>: keys under a password, in the files that geth and others read.</summary>
internal static class AccountCommand
{
    /// <summary>The verb with its own verbs.</summary>
    public static Command Create() => new(
        "account",
        """
        Makes, lists and takes in accounts: one file a key (Web3 secret storage), readable by its owner alone.

        Examples:
          koinon account new --keystore ./keys
          koinon account list --datadir ./chain
          koinon account import --keystore ./keys --password-file pass.txt key.hex
        """)
    {
        AccountNewCommand.Create(),
        AccountListCommand.Create(),
        AccountImportCommand.Create(),
    };
}
