using System.CommandLine;
using Koinon.Node.Chains;
using Koinon.Storage;

namespace Koinon.Cli.Commands;

/// <summary><c>koinon db stats</c>: how large a data directory is, table by table.</summary>
internal sealed class DbStatsCommand
{
    private readonly ChainArguments _chain = new();

    private DbStatsCommand()
    {
    }

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        DbStatsCommand verb = new();
        Command command = new("stats", """
            Prints entries and bytes of each table, free pages and readers; a running node goes on meanwhile.

            Example:
              koinon db stats --datadir ./chain
            """)
        {
            verb._chain.Directory,
        };
        command.SetAction(verb.Run);
        return command;
    }

    private int Run(ParseResult arguments)
    {
        string directory = _chain.Read(arguments).Directory;
        try
        {
            using LmdbStore store = StoredChain.OpenStoreToRead(directory);
            Write(store.GetStatistics());
            return 0;
        }
        catch (StoreException failure)
        {
            return Verb.Fail("db stats", failure.Message);
        }
    }

    private static void Write(StoreStatistics statistics)
    {
        Console.WriteLine($"{"table",-22} {"entries",14} {"bytes",16} {"depth",6} {"leaf pages",12} {"long pages",12}");
        long bytes = 0;
        foreach (TableStatistics table in statistics.Tables)
        {
            bytes += table.Bytes;
            Console.WriteLine(
                $"{table.Name,-22} {table.Entries,14:N0} {table.Bytes,16:N0} {table.Depth,6} {table.LeafPages,12:N0} "
                + $"{table.OverflowPages,12:N0}");
        }

        long free = statistics.FreePages * statistics.PageBytes;
        Console.WriteLine($"{"all tables",-22} {"",14} {bytes,16:N0}");
        Console.WriteLine($"{"free, used again",-22} {"",14} {free,16:N0}");
        Console.WriteLine($"{"file",-22} {"",14} {statistics.UsedBytes,16:N0}  {statistics.File}");
        Console.WriteLine($"page {statistics.PageBytes} bytes, map {statistics.MapBytes >> 30} GiB, "
            + $"commit {statistics.LastTransaction}, reader slots {statistics.ReadersMax}");
    }
}
