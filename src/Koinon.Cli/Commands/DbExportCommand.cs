using System.CommandLine;
using Koinon.Node.Chains;
using Koinon.Storage;

namespace Koinon.Cli.Commands;

/// <summary><c>koinon db export</c>: the whole chain as one file.</summary>
internal sealed class DbExportCommand
{
    private readonly ChainArguments _chain = new();

    private readonly Argument<FileInfo> _file = new("file")
    {
        Description = "The file to write.",
    };

    private DbExportCommand()
    {
    }

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        DbExportCommand verb = new();
        Command command = new(
            "export",
            """
            Writes blocks, states, history and indices to one packed file; a running node goes on meanwhile.

            Example:
              koinon db export --datadir ./chain chain.koinon
            """)
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
            using LmdbStore store = StoredChain.OpenStoreToRead(directory);
            long entries = ChainArchive.Write(new ChainDirectory(directory), store, file, cancellation);
            Console.WriteLine($"{entries} entries, {new FileInfo(file).Length} bytes in {file}");
            return 0;
        }
        catch (OperationCanceledException)
        {
            return Verb.Fail("db export", "stopped; no file is left");
        }
        catch (Exception failure) when (failure is StoreException or IOException or UnauthorizedAccessException)
        {
            return Verb.Fail("db export", failure.Message);
        }
    }
}
