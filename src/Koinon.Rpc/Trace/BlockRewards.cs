using System.Text.Json;
using Koinon.Chain;
using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Rpc.Json;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Trace;

/// <summary>The rewards of a block before the merge, as items of the list of its calls.</summary>
/// <param name="ledger">Knows the consensus.</param>
internal sealed class BlockRewards(Ledger ledger)
{
    /// <summary>The rewards of a block; none after the merge.</summary>
    public IReadOnlyList<BalanceCredit> Of(ReplaySource source) =>
        ledger.Consensus.RewardsOf(source.Block, source.Rules);

    /// <summary>Writes those that are wanted.</summary>
    /// <param name="json">Where they go.</param>
    /// <param name="source">The block.</param>
    /// <param name="isWanted">Whether a reward of an author is written.</param>
    public void Write(Utf8JsonWriter json, ReplaySource source, Func<Address, bool> isWanted)
    {
        IReadOnlyList<BalanceCredit> credits = Of(source);
        for (int i = credits.Count - 1; i >= 0; i--)
        {
            // The block's own comes last, those of its uncles before it.
            if (!credits[i].Amount.IsZero && isWanted(credits[i].Address))
            {
                WriteReward(json, source, credits[i], isUncle: i < credits.Count - 1);
            }
        }
    }

    private static void WriteReward(Utf8JsonWriter json, ReplaySource source, in BalanceCredit credit, bool isUncle)
    {
        json.WriteStartObject();
        json.WriteStartObject("action"u8);
        json.WriteAddress("author"u8, credit.Address);
        json.WriteString("rewardType"u8, isUncle ? "uncle"u8 : "block"u8);
        json.WriteQuantity("value"u8, credit.Amount);
        json.WriteEndObject();
        json.WriteHash("blockHash"u8, source.Hash);
        json.WriteNumber("blockNumber"u8, source.Number);
        json.WriteNull("result"u8);
        json.WriteNumber("subtraces"u8, 0);
        json.WriteStartArray("traceAddress"u8);
        json.WriteEndArray();
        json.WriteString("type"u8, "reward"u8);
        json.WriteEndObject();
    }
}
