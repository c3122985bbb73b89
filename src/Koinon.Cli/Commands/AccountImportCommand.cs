using System.CommandLine;
using System.Security.Cryptography;
using Koinon.Keys;
using Koinon.Primitives;

namespace Koinon.Cli.Commands;

/// <summary><c>koinon account import</c>: takes a private key or another's key file in.</summary>
internal sealed class AccountImportCommand
{
    private const long FileBytesMax = 1 << 16;

    private readonly AccountArguments _account = new();

    private readonly Argument<FileInfo> _file = new("file")
    {
        Description = "A private key in hexadecimal, or a key file (Web3 secret storage), which keeps its password.",
    };

    private AccountImportCommand()
    {
    }

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        AccountImportCommand verb = new();
        Command command = new("import", "Takes a private key in and prints its address and file.")
        {
            verb._file,
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
        const string Name = "account import";
        FileInfo file = arguments.GetValue(_file)!;
        string text;
        try
        {
            if (file.Length > FileBytesMax) return Verb.Refuse(Name, $"{file} is too long for a key");

            text = File.ReadAllText(file.FullName).Trim();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Verb.Refuse(Name, $"{file} cannot be read: {failure.Message}");
        }

        if (!_account.TryReadFolder(arguments, out string? folder, out string? error)
            || !_account.TryReadPassword(arguments, out string? password, out error))
        {
            return Verb.Refuse(Name, error);
        }

        Span<byte> secret = stackalloc byte[KeyStore.SecretBytes];
        try
        {
            bool isJson = text.StartsWith('{');
            if (isJson && !KeyStore.TryDecrypt(text, password, secret, out KeyStoreError fault))
            {
                return Verb.Fail(Name, $"{file}: {fault}");
            }

            if ((!isJson && !TryReadHex(text, secret)) || !KeyStore.TryGetAddress(secret, out Address address))
            {
                return Verb.Refuse(Name, $"{file} holds no private key: 64 hexadecimal digits, or a key file");
            }

            return isJson
                ? KeyFiles.Save(Name, folder, address, text)
                : KeyFiles.Save(Name, folder, address, secret, password, arguments.GetValue(_account.Light));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private static bool TryReadHex(string text, Span<byte> secret)
    {
        ReadOnlySpan<char> digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(2) : text;
        return digits.Length == 2 * KeyStore.SecretBytes
            && Convert.FromHexString(digits, secret, out _, out int written) == System.Buffers.OperationStatus.Done
            && written == KeyStore.SecretBytes;
    }
}
