using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Koinon.Chain.Ledger;
using Koinon.Node.Chains;

namespace Koinon.Cli.Commands;

/// <summary><c>koinon db verify</c>: recomputes every root and holds the tables against each other.</summary>
internal sealed class DbVerifyCommand
{
    private const int FaultsShown = 100;

    private readonly ChainArguments _chain = new();

    private DbVerifyCommand()
    {
    }

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        DbVerifyCommand verb = new();
        Command command = new(
            "verify",
            "Recomputes hashes, roots and senders of all blocks and the root of the newest state, and holds look-ups, "
            + "log index and tries against them. Nothing is repaired.")
        {
            verb._chain.Directory,
            verb._chain.Genesis,
            verb._chain.Network,
        };
        command.SetAction((arguments, cancellation) => Task.FromResult(verb.Run(arguments, cancellation)));
        return command;
    }

    private int Run(ParseResult arguments, CancellationToken cancellation)
    {
        if (!StoredChain.TryOpenThere(_chain.Read(arguments), out StoredChain? chain, out string? error))
        {
            return Verb.Fail("db verify", error);
        }

        using (chain)
        {
            long start = Stopwatch.GetTimestamp(), faults = 0;
            LedgerVerification verification = new(
                chain.Ledger,
                fault =>
                {
                    if (faults++ < FaultsShown) Console.WriteLine($"FAULT {fault}");
                },
                note => Console.WriteLine($"note: {note}"));
            ProgressLine line = new(Console.Out, !Console.IsOutputRedirected);
            ulong head = chain.Ledger.Head.Number;
            try
            {
                verification.Run(number => line.Show($"block {number} of {head}, {faults} faults"), cancellation);
            }
            catch (OperationCanceledException)
            {
                return Verb.Fail("db verify", "stopped before the end");
            }

            line.Clear();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{verification.Blocks} blocks, {verification.Transactions} transactions, {verification.Logs} logs, "
                + $"{verification.Accounts} accounts, {verification.Slots} slots in "
                + $"{Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s: {faults} faults"));
            return faults == 0 ? 0 : Verb.Failed;
        }
    }
}
