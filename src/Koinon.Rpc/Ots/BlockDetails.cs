using Koinon.Chain;
using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Ots;

/// <summary>A block's summary with what was issued and paid.</summary>
/// <param name="ledger">The chain.</param>
internal sealed class BlockDetails(Ledger ledger)
{
    /// <summary>Gives what writes it.</summary>
    public RpcStreamBody Of(LedgerBlock block) => stream => Write(block, stream);

    private RpcError? Write(LedgerBlock block, RpcValueStream stream)
    {
        IReadOnlyList<BalanceCredit> credits = block.Number == ledger.GenesisBlock.Number
            ? []
            : ledger.Consensus.RewardsOf(block.Block, block.Rules);
        UInt256 reward = UInt256.Zero;
        UInt256 uncles = UInt256.Zero;
        for (int i = 0; i < credits.Count; i++)
        {
            // The block's own comes last. Rewards are some ether: no overflow.
            bool isOwn = i == credits.Count - 1;
            reward = isOwn ? credits[i].Amount : reward;
            uncles = isOwn ? uncles : unchecked(uncles + credits[i].Amount);
        }

        stream.Json.WriteStartObject();
        stream.Json.WritePropertyName("block"u8);
        new OtsShapes(ledger, stream).WriteBlockSummary(block);
        stream.Json.WriteStartObject("issuance"u8);
        stream.Json.WriteQuantity("blockReward"u8, reward);
        stream.Json.WriteQuantity("uncleReward"u8, uncles);
        stream.Json.WriteQuantity("issuance"u8, unchecked(reward + uncles));
        stream.Json.WriteEndObject();
        stream.Json.WriteQuantity("totalFees"u8, OtsShapes.FeesOf(block));
        stream.Json.WriteEndObject();
        return null;
    }
}
