using System.CommandLine;
using System.Security.Cryptography;
using Koinon.Keys;
using Koinon.Primitives;

namespace Koinon.Cli.Commands;

/// <summary><c>koinon account new</c>: a key of fresh randomness.</summary>
internal sealed class AccountNewCommand
{
    private readonly AccountArguments _account = new();

    private AccountNewCommand()
    {
    }

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        AccountNewCommand verb = new();
        Command command = new("new", "Makes an account and prints its address and file.")
        {
            verb._account.KeyStore,
            verb._account.Directory,
            verb._account.PasswordFile,
            verb._account.Light,
        };
        command.SetAction(verb.Run);
        return command;
    }

    private int Run(ParseResult arguments)
    {
        if (!_account.TryReadFolder(arguments, out string? folder, out string? error)
            || !_account.TryReadPassword(arguments, out string? password, out error))
        {
            return Verb.Refuse("account new", error);
        }

        Span<byte> secret = stackalloc byte[KeyStore.SecretBytes];
        Address address;
        do
        {
            RandomNumberGenerator.Fill(secret);
        }
        while (!KeyStore.TryGetAddress(secret, out address));

        int code = KeyFiles.Save("account new", folder, address, secret, password, arguments.GetValue(_account.Light));
        CryptographicOperations.ZeroMemory(secret);
        return code;
    }
}
