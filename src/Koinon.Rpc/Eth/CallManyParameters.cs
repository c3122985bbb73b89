using System.Text.Json;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>What <c>eth_callMany</c> is asked.</summary>
/// <param name="Bundles">The bundles of calls, in their order.</param>
/// <param name="Place">Where they run.</param>
/// <param name="Accounts">What accounts are to be like before the first.</param>
public sealed record CallManyParameters(
    IReadOnlyList<CallBundle> Bundles, CallPlace Place, IReadOnlyList<StateOverride>? Accounts)
{
    /// <summary>Reads them in their order.</summary>
    internal static CallManyParameters Read(ref ParameterReader reader) => new(
        reader.Required(ReadBundles),
        reader.Optional(ReadPlace),
        reader.Optional(OverrideReader.ReadState));

    private static (IReadOnlyList<CallBundle> Value, string? Wrong) ReadBundles(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            return ([], "not an array of bundles");
        }

        List<CallBundle> bundles = new(element.GetArrayLength());
        foreach (JsonElement item in element.EnumerateArray())
        {
            ObjectReader reader = new(item);
            bundles.Add(new CallBundle(
                reader.List("transactions", CallRequestReader.Read) ?? [],
                reader.Value("blockOverride", OverrideReader.ReadBlock)));
            if (reader.Wrong is not null)
            {
                return (bundles, $"[{bundles.Count - 1}]: {reader.Wrong}");
            }
        }

        return (bundles, bundles.Count == 0 ? "empty: at least one bundle is expected" : null);
    }

    private static (CallPlace Value, string? Wrong) ReadPlace(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || element.TryGetProperty("blockHash"u8, out _))
        {
            string? wrong = JsonValueReader.ReadBlock(element, out BlockReference block);
            return (new CallPlace(block, null), wrong);
        }

        ObjectReader reader = new(element);
        BlockReference named = reader.Block("blockNumber") ?? BlockReference.Latest;

        // -1 stands for the end of the block, as in Erigon.
        bool isEnd = reader.Has("transactionIndex", out JsonElement index)
            && index.ValueKind == JsonValueKind.Number && index.TryGetInt64(out long number) && number < 0;
        return (new CallPlace(named, isEnd ? null : reader.UInt64("transactionIndex")), reader.Wrong);
    }
}
