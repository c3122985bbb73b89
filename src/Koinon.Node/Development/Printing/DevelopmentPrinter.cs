using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Koinon.Chain.Ledger;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Development.Settings;
using Microsoft.Extensions.Logging;

namespace Koinon.Node.Development.Printing;

/// <summary>
/// Prints what a development chain does: the methods that are asked, transactions and blocks, and what contracts say.
/// </summary>
/// <remarks>
/// Safe from any thread. Whoever has something to print hands it over and goes on; one task writes. Lines that come
/// faster than they can be written, tens of thousands at once, are left out and counted.
/// </remarks>
public sealed partial class DevelopmentPrinter : IRequestLog, IAsyncDisposable
{
    private const int LinesWaitingMax = 65_536;
    private const int CharactersAtOnce = 32_768;

    /// <summary>That of RFC 2822, as anvil prints it.</summary>
    private const string TimeForm = "ddd, d MMM yyyy HH:mm:ss '+0000'";

    /// <summary>How long lines are gathered: nobody sees it, and not every request wakes the writing task.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(10);

    // Lines, and blocks that the writing task describes.
    private readonly Channel<object> _lines = Channel.CreateBounded<object>(
        new BoundedChannelOptions(LinesWaitingMax) { SingleReader = true });

    private readonly CancellationTokenSource _ending = new();

    private readonly TextWriter _output;
    private readonly ILogger _logger;
    private readonly Task _writing;
    private volatile bool _isEnabled;
    private long _leftOut;

    /// <summary>A printer that begins at once.</summary>
    /// <param name="output">Where to print.</param>
    /// <param name="isEnabled">Whether requests and blocks are printed; what contracts say always is.</param>
    /// <param name="logger">Hears what contracts say, too.</param>
    public DevelopmentPrinter(TextWriter output, bool isEnabled, ILogger logger)
    {
        _output = output;
        _isEnabled = isEnabled;
        _logger = logger;
        _writing = Task.Run(WriteAsync);
    }

    /// <inheritdoc/>
    public bool IsEnabled
    {
        get => _isEnabled;
        set => _isEnabled = value;
    }

    /// <summary>Whether what contracts say is printed.</summary>
    public bool PrintsConsole { get; init; } = true;

    /// <inheritdoc/>
    public void Ask(string method)
    {
        if (_isEnabled)
        {
            Print(method);
        }
    }

    /// <summary>A contract said something.</summary>
    public void Say(string message)
    {
        LogMessage(_logger, message);
        if (PrintsConsole)
        {
            Print(message);
        }
    }

    /// <summary>Blocks were made.</summary>
    public void Follow(HeadChange change)
    {
        if (!_isEnabled)
        {
            return;
        }

        foreach (LedgerBlock block in change.Added)
        {
            Print(block);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_lines.Writer.TryComplete())
        {
            return; // Done before: by the chain, where its start failed half-way.
        }

        await _ending.CancelAsync().ConfigureAwait(false);
        await _writing.ConfigureAwait(false);
        _ending.Dispose();
    }

    private static string Describe(LedgerBlock block)
    {
        StringWriter text = new(CultureInfo.InvariantCulture);
        IReadOnlyList<Transaction> transactions = block.Block.Transactions;
        ulong usedBefore = 0;
        for (int index = 0; index < transactions.Count; index++)
        {
            Transaction transaction = transactions[index];
            Receipt receipt = block.Receipts[index];
            text.WriteLine();
            text.WriteLine($"    Transaction: {transaction.Hash}");
            if (transaction.IsCreation && transaction.TryGetSender(out Address sender))
            {
                text.WriteLine($"    Contract created: {ContractAddress.Of(sender, transaction.Nonce)}");
            }

            text.WriteLine($"    Gas used: {receipt.CumulativeGasUsed - usedBefore}");
            if (receipt.Succeeded == false)
            {
                text.WriteLine("    Error: reverted");
            }

            usedBefore = receipt.CumulativeGasUsed;
        }

        DateTimeOffset time = DateTimeOffset.FromUnixTimeSeconds(
            (long)Math.Min(block.Header.Timestamp, (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds()));
        text.WriteLine();
        text.WriteLine($"    Block Number: {block.Number}");
        text.WriteLine($"    Block Hash: {block.Hash}");
        text.WriteLine($"    Block Time: \"{time.ToString(TimeForm, CultureInfo.InvariantCulture)}\"");
        return text.ToString();
    }

    private void Print(object line)
    {
        if (!_lines.Writer.TryWrite(line))
        {
            Interlocked.Increment(ref _leftOut);
        }
    }

    private async Task FlushAsync(StringBuilder text)
    {
        await _output.WriteAsync(text).ConfigureAwait(false);
        text.Clear();
    }

    private async Task WriteAsync()
    {
        StringBuilder text = new();
        while (await _lines.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            await Task.Delay(Gathering, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            // What came meanwhile goes out at once: a line alone would cost a call of the system.
            while (_lines.Reader.TryRead(out object? line))
            {
                text.Append(line is LedgerBlock block ? Describe(block) : line).Append(_output.NewLine);
                if (text.Length >= CharactersAtOnce)
                {
                    await FlushAsync(text).ConfigureAwait(false);
                }
            }

            await FlushAsync(text).ConfigureAwait(false);

            long leftOut = Interlocked.Exchange(ref _leftOut, 0);
            if (leftOut > 0)
            {
                await _output.WriteLineAsync($"({leftOut} lines were left out)").ConfigureAwait(false);
            }

            await _output.FlushAsync().ConfigureAwait(false);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "console.log: {Message}")]
    private static partial void LogMessage(ILogger logger, string message);
}
