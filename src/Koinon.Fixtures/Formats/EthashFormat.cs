using System.Text.Json;
using Koinon.Consensus;
using Koinon.Fixtures.Reading;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Fixtures.Formats;

/// <summary>Proof-of-work tests: a header, the sizes, cache and seed of its epoch, and what its nonce gives.</summary>
internal sealed class EthashFormat : IFixtureFormat
{
    /// <inheritdoc/>
    public bool Recognises(JsonElement root) => FormatList.FirstHas(root, "nonce", "mixHash", "header", "cache_size");

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
        if (!BlockHeader.TryDecode(test.Bytes("header"), out BlockHeader? header, out HeaderDecodeError error))
        {
            return CaseVerdict.Differs("header", "a header", error);
        }

        EthashEpoch epoch = EthashEpoch.Of(header.Number);
        EthashCache cache = EthashCache.Build(epoch.Seed, epoch.CacheBytes);
        ulong nonce = UInt256.FromBigEndian(test.Bytes("nonce")).U0;
        EthashProof proof = cache.Compute(header.SealHash, nonce, epoch.DatasetBytes);
        CaseVerdict[] verdicts =
        [
            CaseVerdict.Compare("seed", test.Hash("seed"), epoch.Seed),
            CaseVerdict.Compare("cache size", test.Number("cache_size"), epoch.CacheBytes),
            CaseVerdict.Compare("data set size", test.Number("full_size"), epoch.DatasetBytes),
            CaseVerdict.Compare("header hash", test.Hash("header_hash"), header.SealHash),
            CaseVerdict.Compare("cache hash", test.Hash("cache_hash"), cache.Hash),
            CaseVerdict.Compare("mix hash", test.Hash("mixHash"), proof.MixHash),
            CaseVerdict.Compare("mix hash of the header", header.MixHash, proof.MixHash),
            CaseVerdict.Compare("result", test.Hash("result"), proof.Result),
        ];
        return Array.Find(verdicts, static verdict => verdict.Failure is not null);
    }
}
