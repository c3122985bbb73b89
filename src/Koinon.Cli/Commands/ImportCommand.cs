using System.CommandLine;
using System.Diagnostics;
using Koinon.Chain.Ledger;
using Koinon.Node.Chains;
using Koinon.Storage;

namespace Koinon.Cli.Commands;

/// <summary><c>koinon import</c>: takes the blocks of a file into a data directory.</summary>
internal sealed class ImportCommand
{
    private readonly ChainArguments _chain = new();

    private readonly Argument<FileInfo> _file = new("file")
    {
        Description = "The blocks, one after another in RLP, as geth exports them; .gz is unpacked.",
    };

    private readonly Option<FileInfo?> _forkchoice = new("--forkchoice")
    {
        Description = "A request of engine_forkchoiceUpdated: head, safe and finalized block after the import.",
        HelpName = "FILE",
    };

    private ImportCommand()
    {
    }

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        ImportCommand verb = new();
        Command command = new(
            "import",
            """
            Takes the blocks of a file into a data directory; what is known already is passed over.

            Examples:
              koinon import --genesis genesis.json --datadir ./chain blocks.rlp
              koinon import --datadir ./chain more.rlp.gz
              koinon import --genesis genesis.json --datadir ./chain --forkchoice headfcu.json --seal none chain.rlp
            """)
        {
            verb._file,
            verb._chain.Directory,
            verb._chain.Genesis,
            verb._chain.Network,
            verb._forkchoice,
            verb._chain.Seal,
            verb._chain.History,
            verb._chain.ProofHistory,
            verb._chain.KeepBlocks,
            verb._chain.Durability,
        };
        command.SetAction(verb.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        ChainOptions options = _chain.Read(arguments);
        FileInfo path = arguments.GetValue(_file)!;
        if (!TryReadForkchoice(arguments.GetValue(_forkchoice), out Forkchoice? forkchoice, out string? error))
        {
            return Verb.Refuse("import", error);
        }

        if (Directory.Exists(path.FullName)) return Verb.Refuse("import", $"'{path}' is a directory, not a file");

        BlockFile file;
        try
        {
            file = new BlockFile(path.FullName);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Verb.Refuse("import", $"'{path}' cannot be read: {failure.Message}");
        }

        using (file)
        {
            if (!StoredChain.TryOpen(options, out StoredChain? chain, out error)) return Verb.Fail("import", error);

            using (chain)
            {
                return await RunAsync(chain, file, path, forkchoice, cancellation).ConfigureAwait(false);
            }
        }
    }

    private static async Task<int> RunAsync(
        StoredChain chain, BlockFile file, FileInfo path, Forkchoice? forkchoice, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        ImportLine line = new(Console.Out, isLive: !Console.IsOutputRedirected, start);
        try
        {
            ImportResult result = await new ChainImport(chain.Ledger, line.Show).RunAsync(file, cancellation)
                .ConfigureAwait(false);
            chain.Store.Sync();
            line.End(result.Progress, chain.Ledger.Head);
            if (result.Error is not null) return Verb.Fail("import", $"{path}: {result.Error}");
            if (result.IsCancelled)
            {
                return Verb.Fail("import", $"stopped at block {chain.Ledger.Head.Number}; run it again to go on");
            }

            return forkchoice is { } choice ? SetHead(chain, choice) : 0;
        }
        catch (StoreException failure)
        {
            return Verb.Fail("import", failure.Message);
        }
    }

    private static int SetHead(StoredChain chain, Forkchoice choice)
    {
        HeadError error = chain.Ledger.SetHead(choice.Head, choice.Safe, choice.Finalized);
        if (error != HeadError.None) return Verb.Fail("import", $"--forkchoice: head {choice.Head}: {error}");

        chain.Store.Sync();
        LedgerBlock head = chain.Ledger.Head;
        Console.WriteLine(
            $"head {head.Number} ({head.Hash}), safe {Number(chain.Ledger.Safe)}, finalized "
            + $"{Number(chain.Ledger.Finalized)}");
        return 0;

        static string Number(LedgerBlock? block) => block is null ? "none" : $"{block.Number}";
    }

    private static bool TryReadForkchoice(FileInfo? file, out Forkchoice? forkchoice, out string error)
    {
        forkchoice = null;
        error = "";
        if (file is null) return true;

        try
        {
            if (Forkchoice.TryParse(File.ReadAllBytes(file.FullName), out Forkchoice read, out string? fault))
            {
                forkchoice = read;
                return true;
            }

            error = $"--forkchoice {file}: {fault}";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            error = $"--forkchoice {file} cannot be read: {failure.Message}";
        }

        return false;
    }
}
