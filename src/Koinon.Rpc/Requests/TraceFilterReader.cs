using System.Text.Json;
using Koinon.Primitives;

namespace Koinon.Rpc.Requests;

/// <summary>Reads filters of calls.</summary>
internal static class TraceFilterReader
{
    private const int AddressesMax = 1_000;

    /// <summary>Reads a filter.</summary>
    /// <returns>The filter, and what is wrong with it or <see langword="null"/>.</returns>
    public static (TraceFilter Value, string? Wrong) Read(JsonElement element)
    {
        ObjectReader reader = new(element);
        TraceFilter filter = new()
        {
            From = reader.Block("fromBlock") ?? BlockReference.Tagged(BlockTag.Earliest),
            To = reader.Block("toBlock") ?? BlockReference.Latest,
            Senders = reader.Value("fromAddress", ReadAddresses) ?? [],
            Recipients = reader.Value("toAddress", ReadAddresses) ?? [],
            WantsBoth = ReadMode(ref reader),
            After = reader.UInt64("after") ?? 0,
            Count = reader.UInt64("count"),
        };
        return (filter, reader.Wrong);
    }

    private static bool ReadMode(ref ObjectReader reader)
    {
        if (!reader.Has("mode", out JsonElement mode))
        {
            return false;
        }

        string? name = mode.ValueKind == JsonValueKind.String ? mode.GetString() : null;
        reader.Note("mode", name is "union" or "intersection" ? null : "neither union nor intersection");
        return name == "intersection";
    }

    // One address may stand for a list of one.
    private static (IReadOnlyList<Address>? Value, string? Wrong) ReadAddresses(JsonElement element)
    {
        List<Address> addresses = [];
        if (element.ValueKind != JsonValueKind.Array)
        {
            string? wrong = JsonValueReader.ReadAddress(element, out Address one);
            return ([one], wrong);
        }

        if (element.GetArrayLength() > AddressesMax)
        {
            return (null, $"more than {AddressesMax} addresses");
        }

        foreach (JsonElement item in element.EnumerateArray())
        {
            if (JsonValueReader.ReadAddress(item, out Address address) is { } wrong)
            {
                return (null, wrong);
            }

            addresses.Add(address);
        }

        return (addresses, null);
    }
}
