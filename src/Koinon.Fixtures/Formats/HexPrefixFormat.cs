using System.Text.Json;
using Koinon.Fixtures.Reading;
using Koinon.State.Tries;

namespace Koinon.Fixtures.Formats;

/// <summary>Hex-prefix tests: nibbles of a path and their compact form (yellow paper, appendix C).</summary>
internal sealed class HexPrefixFormat : IFixtureFormat
{
    /// <inheritdoc/>
    public bool Recognises(JsonElement root) => FormatList.FirstHas(root, "seq", "term", "out");

    /// <inheritdoc/>
    public void Run(FixtureContext context)
    {
        foreach (JsonProperty test in context.Root.EnumerateObject())
        {
            context.Run(test.Name, "", _ => RunCase(test.Value));
        }
    }

    private static CaseVerdict RunCase(JsonElement test)
    {
        JsonElement sequence = test.Field("seq");
        byte[] nibbles = new byte[sequence.GetArrayLength()];
        for (int i = 0; i < nibbles.Length; i++)
        {
            nibbles[i] = (byte)sequence[i].Number();
        }

        byte[] encoded = HexPrefix.Encode(nibbles, test.Field("term").GetBoolean());
        return CaseVerdict.CompareBytes("hex prefix", test.Bytes("out"), encoded);
    }
}
