using System.CommandLine;
using Koinon.Chain.Pool;

namespace Koinon.Cli.Commands;

/// <summary>What bounds the pool, in every verb that has one; what is left out keeps the verb's own default.</summary>
internal sealed class PoolArguments
{
    private static readonly PoolOptions Defaults = new();

    private readonly Option<int?> _transactions = Number(
        "--txpool-transactions", $"Most transactions that wait; else {Defaults.TransactionsMax}.");

    private readonly Option<int?> _ofSender = Number(
        "--txpool-of-sender",
        $"Most transactions of one sender that wait; else {Defaults.TransactionsOfSenderMax}, and "
            + $"{PoolOptions.Development.TransactionsOfSenderMax} in koinon dev.");

    private readonly Option<int?> _mebibytes = Number(
        "--txpool-mib", $"Most MiB of transactions that wait, without blobs; else {Defaults.BytesMax >> 20}.");

    private readonly Option<int?> _blobMebibytes = Number(
        "--txpool-blob-mib", $"Most MiB of blobs that are kept; else {Defaults.BlobBytesMax >> 20}.");

    private readonly Option<int?> _transactionBytes = Number(
        "--txpool-transaction-bytes", "Most bytes of one transaction, without blobs.");

    private readonly Option<int?> _raise = new("--txpool-price-bump", "--txpool.pricebump")
    {
        Description = "By how many parts in a hundred a replacement must raise both fees; 0 for any higher fee.",
        HelpName = "PERCENT",
    };

    private readonly Option<ulong?> _tip = new("--txpool-min-tip", "--txpool.pricelimit")
    {
        Description = "Least priority fee of a transaction, in wei; else 0.",
        HelpName = "WEI",
    };

    private readonly Option<bool> _unchecked = new("--disable-pool-balance-checks")
    {
        Description = "Take transactions that their senders cannot pay for; no block holds them before they can.",
    };

    /// <summary>The options.</summary>
    public IReadOnlyList<Option> All =>
    [
        _transactions, _ofSender, _mebibytes, _blobMebibytes, _transactionBytes, _raise, _tip, _unchecked,
    ];

    /// <summary>Reads them.</summary>
    /// <param name="arguments">What the user wrote.</param>
    /// <param name="defaults">What holds where nothing is written.</param>
    public PoolOptions Read(ParseResult arguments, PoolOptions defaults) => defaults with
    {
        TransactionsMax = arguments.GetValue(_transactions) ?? defaults.TransactionsMax,
        TransactionsOfSenderMax = arguments.GetValue(_ofSender) ?? defaults.TransactionsOfSenderMax,
        BytesMax = arguments.GetValue(_mebibytes) is { } size ? (long)size << 20 : defaults.BytesMax,
        BlobBytesMax = arguments.GetValue(_blobMebibytes) is { } blobs ? (long)blobs << 20 : defaults.BlobBytesMax,
        TransactionBytesMax = arguments.GetValue(_transactionBytes) ?? defaults.TransactionBytesMax,
        ReplacementRaisePercent = arguments.GetValue(_raise) ?? defaults.ReplacementRaisePercent,
        TipMin = arguments.GetValue(_tip) ?? defaults.TipMin,
        ChecksBalances = defaults.ChecksBalances && !arguments.GetValue(_unchecked),
    };

    private static Option<int?> Number(string name, string description)
    {
        Option<int?> option = new(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.GetValue(option) is < 1)
            {
                result.AddError($"{name} must be at least 1.");
            }
        });
        return option;
    }
}
