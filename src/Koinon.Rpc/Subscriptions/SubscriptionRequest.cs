using System.Text.Json;
using Koinon.Primitives;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Subscriptions;

/// <summary>What a caller subscribes to.</summary>
public sealed record SubscriptionRequest
{
    private const int TransactionsMax = 200;

    /// <summary>The name that was asked for.</summary>
    public required string Name { get; init; }

    /// <summary>Of <c>logs</c>: which ones.</summary>
    public LogFilter? Filter { get; init; }

    /// <summary>Of <c>newPendingTransactions</c>: whether the whole is told, not the hash.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Of <c>transactionReceipts</c>: whose; of all where the list is empty.</summary>
    public IReadOnlySet<Hash256> Transactions { get; init; } = new HashSet<Hash256>();

    /// <summary>What it tells of.</summary>
    internal SubscriptionKind Kind { get; init; }

    /// <summary>Reads the name.</summary>
    internal static (string? Value, string? Wrong) ReadName(JsonElement element) =>
        element.ValueKind == JsonValueKind.String
            ? (element.GetString(), null)
            : (null, "not the name of a subscription: a string is expected");

    /// <summary>Reads what follows the name.</summary>
    internal static (SubscriptionRequest Value, string? Wrong) ReadArgument(string name, JsonElement element)
    {
        switch (name)
        {
            case "logs":
                (LogFilter filter, string? wrongFilter) = LogFilterReader.Read(element);
                return (Of(name) with { Filter = filter }, wrongFilter);
            case "newPendingTransactions":
                string? wrongFlag = JsonValueReader.ReadFlag(element, out bool isWhole);
                return (Of(name) with { IsWhole = isWhole }, wrongFlag);
            case "transactionReceipts":
                return ReadTransactions(name, element);
            default:
                // What follows the names that take nothing is not looked at, as in geth.
                return (Of(name), null);
        }
    }

    /// <summary>A subscription by its name alone.</summary>
    internal static SubscriptionRequest Of(string name) => new()
    {
        Name = name,
        Filter = name == "logs" ? new LogFilter() : null,
        Kind = name switch
        {
            "logs" => SubscriptionKind.Logs,
            "newPendingTransactions" => SubscriptionKind.Pending,
            "transactionReceipts" => SubscriptionKind.Receipts,
            "syncing" => SubscriptionKind.Syncing,
            _ => SubscriptionKind.Heads,
        },
    };

    private static (SubscriptionRequest Value, string? Wrong) ReadTransactions(string name, JsonElement element)
    {
        ObjectReader reader = new(element);
        HashSet<Hash256> hashes = [];
        if (reader.Has("transactionHashes", out JsonElement member))
        {
            if (member.ValueKind != JsonValueKind.Array)
            {
                reader.Note("transactionHashes", "not an array");
            }
            else if (member.GetArrayLength() > TransactionsMax)
            {
                reader.Note("transactionHashes", $"exceed max hashes: at most {TransactionsMax}");
            }
            else
            {
                foreach (JsonElement item in member.EnumerateArray())
                {
                    reader.Note("transactionHashes", JsonValueReader.ReadHash(item, out Hash256 hash));
                    hashes.Add(hash);
                }
            }
        }

        return (Of(name) with { Transactions = hashes }, reader.Wrong);
    }
}
