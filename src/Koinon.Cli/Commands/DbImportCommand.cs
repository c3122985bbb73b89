using System.CommandLine;
using Koinon.Node.Chains;
using Koinon.Storage;

namespace Koinon.Cli.Commands;

/// <summary><c>koinon db import</c>: a data directory of a file that <c>db export</c> wrote.</summary>
internal sealed class DbImportCommand
{
    private readonly ChainArguments _chain = new();

    private readonly Argument<FileInfo> _file = new("file")
    {
        Description = "The file that 'koinon db export' wrote.",
    };

    private DbImportCommand()
    {
    }

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        DbImportCommand verb = new();
        Command command = new("import", "Makes a data directory of a file that 'koinon db export' wrote.")
        {
            verb._file,
            verb._chain.Directory,
        };
        command.SetAction((arguments, cancellation) => Task.FromResult(verb.Run(arguments, cancellation)));
        return command;
    }

    private int Run(ParseResult arguments, CancellationToken cancellation)
    {
        string directory = _chain.Read(arguments).Directory;
        string file = arguments.GetValue(_file)!.FullName;
        try
        {
            long entries = ChainArchive.Read(file, directory, cancellation);
            Console.WriteLine($"{entries} entries in {directory}");
            return 0;
        }
        catch (OperationCanceledException)
        {
            return Verb.Fail("db import", "stopped; no data directory is left");
        }
        catch (InvalidDataException wrong)
        {
            return Verb.Fail("db import", $"{file}: {wrong.Message}");
        }
        catch (Exception failure) when (failure is StoreException or IOException or UnauthorizedAccessException)
        {
            return Verb.Fail("db import", failure.Message);
        }
    }
}
