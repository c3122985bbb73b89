using System.Text;
using System.Text.Json;
using Koinon.Fixtures.Reading;
using Koinon.Primitives;
using Koinon.State.Tries;

namespace Koinon.Fixtures.Formats;

/// <summary>Trie tests: keys and values put in, and the root they lead to.</summary>
/// <remarks>
/// A list is applied in its order, each entry by itself; an object stands for any order and is applied at once,
/// forwards and backwards. Files with <c>secure</c> in their name hash the keys.
/// </remarks>
internal sealed class TrieFormat : IFixtureFormat
{
    /// <inheritdoc/>
    public bool Recognises(JsonElement root) => FormatList.FirstHas(root, "in", "root");

    /// <inheritdoc/>
    public void Run(FixtureContext context)
    {
        bool isSecure = Path.GetFileName(context.File).Contains("secure", StringComparison.OrdinalIgnoreCase);
        foreach (JsonProperty test in context.Root.EnumerateObject())
        {
            context.Run(test.Name, "", _ => RunCase(test.Value, isSecure));
        }
    }

    private static CaseVerdict RunCase(JsonElement test, bool isSecure)
    {
        Hash256 expected = test.Hash("root");
        JsonElement input = test.Field("in");
        if (input.ValueKind == JsonValueKind.Array)
        {
            return CaseVerdict.Compare("root", expected, InOrder(input, isSecure));
        }

        List<(byte[] Key, byte[] Value)> entries = [];
        foreach (JsonProperty entry in input.EnumerateObject())
        {
            entries.Add((KeyOf(entry.Name, isSecure), BytesOf(entry.Value)));
        }

        CaseVerdict forwards = CaseVerdict.Compare("root", expected, AtOnce(entries));
        if (forwards.Failure is not null) return forwards;
        entries.Reverse();
        return CaseVerdict.Compare("root of the reverse order", expected, AtOnce(entries));
    }

    private static Hash256 InOrder(JsonElement input, bool isSecure)
    {
        MerkleTrie trie = MerkleTrie.Empty;
        foreach (JsonElement entry in input.EnumerateArray())
        {
            TrieChanges change = new();
            change.Set(KeyOf(entry[0].Text(), isSecure), BytesOf(entry[1]));
            trie = trie.Apply(change);
        }

        return trie.Root;
    }

    private static Hash256 AtOnce(List<(byte[] Key, byte[] Value)> entries)
    {
        TrieChanges changes = new();
        foreach ((byte[] key, byte[] value) in entries)
        {
            changes.Set(key, value);
        }

        return MerkleTrie.Empty.Apply(changes).Root;
    }

    private static byte[] KeyOf(string text, bool isSecure)
    {
        byte[] key = BytesOf(text);
        if (!isSecure) return key;
        Hash256 hash = Hash256.Keccak(key);
        return Hash256.AsSpan(in hash).ToArray();
    }

    // Null removes the key, which is the same as an empty value.
    private static byte[] BytesOf(JsonElement text) =>
        text.ValueKind == JsonValueKind.Null ? [] : BytesOf(text.Text());

    private static byte[] BytesOf(string text) =>
        text.StartsWith("0x", StringComparison.Ordinal) && Hex.TryDecode(text, out byte[] bytes)
            ? bytes
            : Encoding.UTF8.GetBytes(text);
}
