using System.CommandLine;
using System.Diagnostics.CodeAnalysis;

namespace Koinon.Cli.Commands;

/// <summary>The options that the verbs of accounts share.</summary>
internal sealed class AccountArguments
{
    private const string FolderName = "keystore";

    /// <summary><c>--keystore</c>.</summary>
    public Option<DirectoryInfo?> KeyStore { get; } = new("--keystore")
    {
        Description = "The folder of the key files; keystore in the data directory where it is left out.",
        HelpName = "DIR",
    };

    /// <summary><c>--datadir</c>.</summary>
    public Option<DirectoryInfo?> Directory { get; } = new("--datadir")
    {
        Description = "The data directory whose keystore is meant.",
        HelpName = "DIR",
    };

    /// <summary><c>--password-file</c>.</summary>
    public Option<FileInfo?> PasswordFile { get; } = new("--password-file")
    {
        Description = "A file whose first line is the password; it is asked for where it is left out.",
        HelpName = "FILE",
    };

    /// <summary><c>--light</c>.</summary>
    public Option<bool> Light { get; } = new("--light")
    {
        Description = "Makes guessing the password cheap, and unlocking fast: for tests.",
    };

    /// <summary>The folder that is meant.</summary>
    public bool TryReadFolder(
        ParseResult arguments, [NotNullWhen(true)] out string? folder, [NotNullWhen(false)] out string? error)
    {
        folder = arguments.GetValue(KeyStore)?.FullName
            ?? (arguments.GetValue(Directory) is { } directory ? Path.Combine(directory.FullName, FolderName) : null);
        error = folder is null ? "say where the keys are: --keystore DIR, or --datadir DIR" : null;
        return folder is not null;
    }

    /// <summary>The password: from the file, or asked for twice on the terminal.</summary>
    public bool TryReadPassword(
        ParseResult arguments, [NotNullWhen(true)] out string? password, [NotNullWhen(false)] out string? error)
    {
        password = null;
        if (arguments.GetValue(PasswordFile) is { } file)
        {
            try
            {
                using StreamReader reader = file.OpenText();
                password = reader.ReadLine() ?? "";
                error = null;
                return true;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                error = $"--password-file {file} cannot be read: {failure.Message}";
                return false;
            }
        }

        if (Console.IsInputRedirected)
        {
            error = "nobody can be asked for the password here: give it by --password-file FILE";
            return false;
        }

        Console.Error.WriteLine("The password encrypts the key: whoever forgets it loses the account.");
        password = Ask("Password: ");
        error = password == Ask("Again: ") ? null : "the two passwords differ";
        return error is null;
    }

    private static string Ask(string prompt)
    {
        Console.Error.Write(prompt);
        List<char> typed = [];
        while (true)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter) break;

            if (key.Key == ConsoleKey.Backspace && typed.Count > 0) typed.RemoveAt(typed.Count - 1);
            else if (!char.IsControl(key.KeyChar)) typed.Add(key.KeyChar);
        }

        Console.Error.WriteLine();
        return new string([.. typed]);
    }
}
