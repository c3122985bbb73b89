using System.CommandLine;
using System.Globalization;
using Koinon.Chain.Building;
using Koinon.Node.Development;

namespace Koinon.Cli.Commands;

/// <summary>When <c>koinon dev</c> builds blocks.</summary>
internal sealed class DevMiningOptions : IDevOptions
{
    /// <summary>What a timer can wait for.</summary>
    private const double SecondsMax = int.MaxValue / 1000;

    private readonly Option<string?> _blockTime = new("--block-time", "-b", "--blockTime")
    {
        Description = "Build a block every so many seconds, which may have a fraction, in place of one for each "
            + "transaction.",
        HelpName = "SECONDS",
    };

    private readonly Option<bool> _noMining = new("--no-mining", "--no-mine")
    {
        Description = "Build blocks by command alone (evm_mine).",
    };

    private readonly Option<bool> _mixed = new("--mixed-mining")
    {
        Description = "With --block-time: build a block for each transaction as well.",
    };

    private readonly Option<string> _order = new("--order")
    {
        Description = "Who goes first into a block: who pays most (fees), or who came first (fifo).",
        HelpName = "fees|fifo",
        DefaultValueFactory = static _ => "fees",
    };

    private readonly Option<int> _transactions = new("--max-transactions")
    {
        Description = "The most transactions of a block.",
        HelpName = "COUNT",
        DefaultValueFactory = static _ => 1_000,
    };

    /// <inheritdoc/>
    public IReadOnlyList<Option> All => [_blockTime, _noMining, _mixed, _order, _transactions];

    /// <inheritdoc/>
    public DevelopmentOptions Apply(ParseResult arguments, DevelopmentOptions options, out string? error)
    {
        string order = arguments.GetValue(_order)!;
        int transactions = arguments.GetValue(_transactions);
        error = order is not ("fees" or "fifo") ? $"--order {order} is not known: fees or fifo"
            : transactions < 1 ? $"--max-transactions {transactions} is out of range: from 1"
            : null;
        if (error is not null || !TryReadMode(arguments, out MiningMode mode, out error))
        {
            return options;
        }

        return options with
        {
            Mining = mode,
            Order = order == "fifo" ? TransactionOrder.Arrival : TransactionOrder.Fees,
            TransactionsMax = transactions,
        };
    }

    private bool TryReadMode(ParseResult arguments, out MiningMode mode, out string? error)
    {
        error = null;
        mode = arguments.GetValue(_noMining) ? MiningMode.Manual : MiningMode.Automatic;
        bool isMixed = arguments.GetValue(_mixed);
        if (arguments.GetValue(_blockTime) is not { } text)
        {
            error = isMixed ? "--mixed-mining needs --block-time SECONDS" : null;
            return error is null;
        }

        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
            || seconds is < 0.001 or > SecondsMax)
        {
            error = $"--block-time {text} is not a number of seconds from 0.001 to {SecondsMax}";
            return false;
        }

        if (arguments.GetValue(_noMining))
        {
            error = "--no-mining and --block-time exclude each other";
            return false;
        }

        TimeSpan interval = TimeSpan.FromSeconds(seconds);
        mode = isMixed ? MiningMode.Mixed(interval) : MiningMode.Every(interval);
        return true;
    }
}
