using System.Text;
using System.Text.Json;
using Koinon.Fixtures.Reading;
using Koinon.State.Tries;

namespace Koinon.Fixtures.Formats;

/// <summary>Trie tests that ask for the keys before and after another in the order of the trie.</summary>
internal sealed class TrieNeighbourFormat : IFixtureFormat
{
    /// <inheritdoc/>
    public bool Recognises(JsonElement root) => FormatList.FirstHas(root, "in", "tests");

    /// <inheritdoc/>
    public void Run(FixtureContext context)
    {
        foreach (JsonProperty test in context.Root.EnumerateObject())
        {
            TrieChanges changes = new();
            foreach (JsonElement key in test.Value.Field("in").EnumerateArray())
            {
                byte[] bytes = Encoding.UTF8.GetBytes(key.Text());
                changes.Set(bytes, bytes);
            }

            MerkleTrie trie = MerkleTrie.Empty.Apply(changes);
            foreach (JsonElement question in test.Value.Field("tests").EnumerateArray())
            {
                string of = question[0].Text();
                context.Run($"{test.Name}/{of}", "", _ => RunCase(trie, question));
            }
        }
    }

    private static CaseVerdict RunCase(MerkleTrie trie, JsonElement question)
    {
        byte[] of = Encoding.UTF8.GetBytes(question[0].Text());
        string before = "";
        string after = "";
        foreach ((byte[] key, ReadOnlyMemory<byte> _) in trie.Enumerate())
        {
            int order = key.AsSpan().SequenceCompareTo(of);
            if (order < 0) before = Encoding.UTF8.GetString(key);
            if (order > 0 && after.Length == 0) after = Encoding.UTF8.GetString(key);
        }

        return CaseVerdict.Compare("neighbours", (question[1].Text(), question[2].Text()), (before, after));
    }
}
