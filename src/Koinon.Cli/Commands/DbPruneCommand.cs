using System.CommandLine;
using Koinon.Chain.Ledger;
using Koinon.Node.Chains;
using Koinon.Storage;

namespace Koinon.Cli.Commands;

/// <summary><c>koinon db prune</c>: gives up what lies beyond the windows at once, not block by block.</summary>
internal sealed class DbPruneCommand
{
    private readonly ChainArguments _chain = new();

    private DbPruneCommand()
    {
    }

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        DbPruneCommand verb = new();
        Command command = new(
            "prune",
            "Gives up states, proofs and blocks beyond the windows. Pages become free and are used again; a smaller "
            + "file is made by db export and db import.")
        {
            verb._chain.Directory,
            verb._chain.History,
            verb._chain.ProofHistory,
            verb._chain.KeepBlocks,
        };
        command.SetAction((arguments, cancellation) => Task.FromResult(verb.Run(arguments, cancellation)));
        return command;
    }

    private int Run(ParseResult arguments, CancellationToken cancellation)
    {
        if (!StoredChain.TryOpenThere(_chain.Read(arguments), out StoredChain? chain, out string? error))
        {
            return Verb.Fail("db prune", error);
        }

        using (chain)
        {
            Ledger ledger = chain.Ledger;
            ProgressLine line = new(Console.Out, !Console.IsOutputRedirected);
            try
            {
                while (!cancellation.IsCancellationRequested && ledger.Prune()) line.Show(Kept(ledger));
            }
            catch (StoreException failure)
            {
                return Verb.Fail("db prune", failure.Message);
            }

            line.Clear();
            Console.WriteLine(Kept(ledger));
            return cancellation.IsCancellationRequested ? Verb.Failed : 0;
        }
    }

    private static string Kept(Ledger ledger) =>
        $"kept: blocks since {ledger.OldestBlockKept}, states since {ledger.OldestStateKept}, proofs since "
        + $"{ledger.OldestProofKept}; head {ledger.Head.Number}";
}
