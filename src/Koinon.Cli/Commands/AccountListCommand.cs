using System.CommandLine;
using Koinon.Keys;
using Koinon.Primitives;

namespace Koinon.Cli.Commands;

/// <summary><c>koinon account list</c>: the accounts of a folder.</summary>
internal sealed class AccountListCommand
{
    private readonly AccountArguments _account = new();

    private AccountListCommand()
    {
    }

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        AccountListCommand verb = new();
        Command command = new("list", "Prints the address and the file of each account.")
        {
            verb._account.KeyStore,
            verb._account.Directory,
        };
        command.SetAction(verb.Run);
        return command;
    }

    private int Run(ParseResult arguments)
    {
        if (!_account.TryReadFolder(arguments, out string? folder, out string? error))
        {
            return Verb.Refuse("account list", error);
        }

        try
        {
            foreach ((Address address, string file) in new KeyFolder(folder, TimeProvider.System).List())
            {
                Console.WriteLine($"{address.ToChecksumString()} {file}");
            }

            return 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Verb.Fail("account list", failure.Message);
        }
    }
}
