using System.Text.Json;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Rpc.Requests;

/// <summary>Reads filters of logs.</summary>
internal static class LogFilterReader
{
    /// <summary>Most addresses, and most topics at one position (geth's limit).</summary>
    private const int AlternativesMax = 1000;

    /// <summary>Reads a filter.</summary>
    /// <returns>The filter, and what is wrong with it or <see langword="null"/>.</returns>
    public static (LogFilter Value, string? Wrong) Read(JsonElement element)
    {
        ObjectReader reader = new(element);
        LogFilter filter = new()
        {
            From = reader.Block("fromBlock"),
            To = reader.Block("toBlock"),
            BlockHash = reader.Hash("blockHash"),
            Addresses = ReadAddresses(ref reader),
            Topics = ReadTopics(ref reader),
        };
        if (filter.BlockHash is not null && (filter.From ?? filter.To) is not null)
        {
            reader.Note("cannot specify both BlockHash and FromBlock/ToBlock, choose one or the other");
        }

        return (filter, reader.Wrong);
    }

    private static List<Address> ReadAddresses(ref ObjectReader reader)
    {
        List<Address> addresses = [];
        if (reader.Has("address", out JsonElement member))
        {
            foreach (JsonElement element in OneOrMany(member))
            {
                reader.Note("address", JsonValueReader.ReadAddress(element, out Address address));
                addresses.Add(address);
            }

            reader.Note("address", addresses.Count > AlternativesMax ? "exceed max addresses" : null);
        }

        return addresses;
    }

    private static List<IReadOnlyList<Hash256>> ReadTopics(ref ObjectReader reader)
    {
        List<IReadOnlyList<Hash256>> topics = [];
        if (!reader.Has("topics", out JsonElement member))
        {
            return topics;
        }

        if (member.ValueKind != JsonValueKind.Array)
        {
            reader.Note("topics", "not an array");
            return topics;
        }

        foreach (JsonElement position in member.EnumerateArray())
        {
            List<Hash256> fits = [];
            bool any = position.ValueKind == JsonValueKind.Null;
            foreach (JsonElement element in any ? [] : OneOrMany(position))
            {
                // A null among alternatives stands for any topic, as it does alone.
                any |= element.ValueKind == JsonValueKind.Null;
                if (!any)
                {
                    reader.Note("topics", JsonValueReader.ReadHash(element, out Hash256 topic));
                    fits.Add(topic);
                }
            }

            topics.Add(any ? [] : fits);
            reader.Note("topics", fits.Count > AlternativesMax ? "exceed max topics" : null);
        }

        reader.Note("topics", topics.Count > Log.MaxTopics ? "exceed max topics" : null);
        return topics;
    }

    private static IEnumerable<JsonElement> OneOrMany(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [element];
}
