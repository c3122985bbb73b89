using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Koinon.Chain;
using Koinon.Chain.Networks;
using Koinon.Fixtures.Reading;
using Koinon.Primitives.Rlp;

namespace Koinon.Fixtures.Formats;

/// <summary>Genesis tests: an allocation and header fields, and the bytes of the first block.</summary>
internal sealed class GenesisFormat : IFixtureFormat
{
    /// <inheritdoc/>
    public bool Recognises(JsonElement root) => FormatList.FirstHas(root, "alloc", "result", "difficulty");

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
        NetworkParameters network = new()
        {
            ChainId = 1,
            Activations = [new ForkActivation(ActivationKind.Number, 0, Chain.Forks.BlockForkList.All[0])],
        };

        // One of these files calls a balance "wei", as no genesis does that a node reads.
        string json = Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(test));
        byte[] text = Encoding.UTF8.GetBytes(json.Replace("\"wei\"", "\"balance\"", StringComparison.Ordinal));
        if (!Genesis.TryParse(text, network, out Genesis? genesis, out GenesisError? error))
        {
            return CaseVerdict.Differs("genesis", "a genesis", error);
        }

        RlpWriter writer = new(stackalloc byte[512]);
        genesis.Block.EncodeTo(ref writer);
        CaseVerdict verdict = CaseVerdict.CompareBytes("genesis", test.Bytes("result"), writer.Written);
        writer.Dispose();
        return verdict;
    }
}
