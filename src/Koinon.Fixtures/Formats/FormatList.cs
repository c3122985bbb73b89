using System.Text.Json;
using Koinon.Fixtures.Formats.BlockchainTests;
using Koinon.Fixtures.Formats.StateTests;
using Koinon.Fixtures.Reading;

namespace Koinon.Fixtures.Formats;

/// <summary>Every format, and how a file's content tells which one it is.</summary>
internal static class FormatList
{
    // The large sets first: a file is asked in this order.
    private static readonly IFixtureFormat[] Formats =
    [
        new BlockchainTestFormat(),
        new StateTestFormat(),
        new TransactionTestFormat(),
        new VmTestFormat(),
        new DifficultyFormat(),
        new RlpFormat(),
        new TrieFormat(),
        new TrieNeighbourFormat(),
        new HexPrefixFormat(),
        new KeyAddressFormat(),
        new SignedTransactionFormat(),
        new DecryptionFormat(),
        new KeyStoreFormat(),
        new AbiFormat(),
        new EthashFormat(),
        new GenesisFormat(),
        new GenesisBytesFormat(),
        new FirstGenesisFormat(),
    ];

    private static readonly string[] SignsOfOtherFiles =
    [
        "$schema", "definitions", "__schema", "openrpc", "jsonrpc", "test_cases",
    ];

    /// <summary>The format of a file's content; <see langword="null"/> where it is of none.</summary>
    internal static IFixtureFormat? Find(JsonElement root) =>
        Array.Find(Formats, format => format.Recognises(root));

    /// <summary>
    /// Whether the content is known to be no test: a schema, an index, a request, settings, nothing at all.
    /// </summary>
    internal static bool IsNotATest(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array) return root.GetArrayLength() == 0;
        if (root.ValueKind != JsonValueKind.Object) return false;
        if (Array.Exists(SignsOfOtherFiles, sign => root.Has(sign))) return true;

        // A genesis that states no result, and lists of settings, have nothing to compare.
        bool isGenesis = root.Has("alloc") && root.Has("config");
        bool isSettings = true;
        foreach (JsonProperty property in root.EnumerateObject())
        {
            isSettings &= property.Value.ValueKind == JsonValueKind.String;
        }

        return isGenesis || isSettings;
    }

    /// <summary>The first test of a file: by its fields the format is recognised.</summary>
    /// <remarks>Comments (<c>_info</c>, <c>//</c>) are passed over.</remarks>
    internal static bool TryGetFirst(JsonElement root, out JsonElement first)
    {
        if (root.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in root.EnumerateObject())
            {
                if (property.Value.ValueKind == JsonValueKind.Object && !IsComment(property.Name))
                {
                    first = property.Value;
                    return true;
                }
            }
        }
        else if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0)
        {
            first = root[0];
            return first.ValueKind == JsonValueKind.Object;
        }

        first = default;
        return false;
    }

    /// <summary>Whether the first test has all of these fields.</summary>
    internal static bool FirstHas(JsonElement root, params ReadOnlySpan<string> fields)
    {
        if (!TryGetFirst(root, out JsonElement first)) return false;
        foreach (string field in fields)
        {
            if (!first.TryGetProperty(field, out _)) return false;
        }

        return true;
    }

    /// <summary>Whether a property is a comment and no test.</summary>
    internal static bool IsComment(string name) =>
        name.StartsWith('_') || name.StartsWith("//", StringComparison.Ordinal);
}
