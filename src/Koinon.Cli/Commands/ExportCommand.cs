using System.CommandLine;
using Koinon.Chain.Ledger;
using Koinon.Node.Chains;

namespace Koinon.Cli.Commands;

/// <summary><c>koinon export</c>: writes blocks of a data directory to a file.</summary>
internal sealed class ExportCommand
{
    private readonly ChainArguments _chain = new();

    private readonly Argument<FileInfo> _file = new("file")
    {
        Description = "The file to write: blocks one after another in RLP; .gz is packed.",
    };

    private readonly Option<ulong?> _from = new("--from")
    {
        Description = "The first block; the one after the genesis where it is left out.",
        HelpName = "N",
    };

    private readonly Option<ulong?> _to = new("--to")
    {
        Description = "The last block; the head where it is left out.",
        HelpName = "N",
    };

    private ExportCommand()
    {
    }

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        ExportCommand verb = new();
        Command command = new(
            "export",
            """
            Writes blocks of a data directory to a file that 'koinon import' and geth read; a running node goes on.

            Examples:
              koinon export --datadir ./chain blocks.rlp
              koinon export --datadir ./chain --from 1000 --to 2000 blocks.rlp.gz
            """)
        {
            verb._file,
            verb._chain.Directory,
            verb._chain.Genesis,
            verb._chain.Network,
            verb._from,
            verb._to,
        };
        command.SetAction((arguments, cancellation) => Task.FromResult(verb.Run(arguments, cancellation)));
        return command;
    }

    private int Run(ParseResult arguments, CancellationToken cancellation)
    {
        if (!StoredChain.TryOpenToRead(_chain.Read(arguments), out StoredChain? chain, out string? error))
        {
            return Verb.Fail("export", error);
        }

        using (chain)
        {
            Ledger ledger = chain.Ledger;
            ulong to = arguments.GetValue(_to) ?? ledger.Head.Number;
            ulong from = arguments.GetValue(_from) ?? Math.Min(ledger.GenesisBlock.Number + 1, to);
            string file = arguments.GetValue(_file)!.FullName;
            try
            {
                error = ChainExport.Write(ledger, from, to, file, null, cancellation);
            }
            catch (OperationCanceledException)
            {
                error = "stopped; no file is left";
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                error = $"'{file}' cannot be written: {failure.Message}";
            }

            if (error is not null) return Verb.Fail("export", error);

            Console.WriteLine($"blocks {from} to {to} in {file}");
            return 0;
        }
    }
}
