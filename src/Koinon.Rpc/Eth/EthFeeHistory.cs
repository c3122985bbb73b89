using System.Text.Json;
using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_feeHistory</c>: base fees, use and priority fees of the last blocks.</summary>
/// <param name="blocks">Finds blocks.</param>
/// <param name="fees">Says what the block after the head asks, wishes of a development chain included.</param>
public sealed class EthFeeHistory(BlockLookup blocks, FeeOracle fees)
    : RpcQuery<(ulong Count, BlockReference Newest, IReadOnlyList<double>? Percentiles), FeeHistoryJson>
{
    private const ulong BlocksMax = 1024;
    private const int PercentilesMax = 100;

    /// <inheritdoc/>
    public override string Name => "eth_feeHistory";

    /// <inheritdoc/>
    protected override (ulong Count, BlockReference Newest, IReadOnlyList<double>? Percentiles) Read(
        ref ParameterReader reader) => (reader.UInt64(), reader.Block(), reader.Optional(ReadPercentiles));

    /// <inheritdoc/>
    protected override RpcResult<FeeHistoryJson> Answer(
        (ulong Count, BlockReference Newest, IReadOnlyList<double>? Percentiles) parameters)
    {
        if (blocks.Find(parameters.Newest) is not { } newest)
        {
            return RpcError.Server(parameters.Newest.Tag == BlockTag.Number
                ? $"request beyond head block: requested {parameters.Newest.Number}, head {blocks.Ledger.Head.Number}"
                : "header not found");
        }

        List<LedgerBlock> range = RangeOf(newest, Math.Min(parameters.Count, BlocksMax));
        return new FeeHistoryJson
        {
            OldestBlock = range.Count > 0 ? range[0].Number : 0ul,
            BaseFeePerGas =
            [
                .. range.Select(static block => (Quantity)(block.Header.BaseFeePerGas ?? UInt256.Zero)),
                newest.Hash == blocks.Ledger.Head.Hash ? fees.NextBaseFee() : FeeOracle.NextBaseFee(newest),
            ],
            GasUsedRatio = [.. range.Select(static block => Ratio(block.Header.GasUsed, block.Header.GasLimit))],
            BaseFeePerBlobGas =
            [
                .. range.Select(static block => (Quantity)FeeOracle.BlobPrice(block)), FeeOracle.NextBlobPrice(newest),
            ],
            BlobGasUsedRatio =
            [
                .. range.Select(static block =>
                    Ratio(block.Header.BlobGasUsed ?? 0, block.Rules.Blobs?.MaximumGas ?? 0)),
            ],
            Reward = parameters.Percentiles is { Count: > 0 } asked
                ? [.. range.Select(block => RewardsOf(block, asked))]
                : null,
        };
    }

    private static (IReadOnlyList<double>? Value, string? Wrong) ReadPercentiles(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() > PercentilesMax)
        {
            return (null, $"not an array of at most {PercentilesMax} percentiles");
        }

        List<double> percentiles = [];
        foreach (JsonElement item in element.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetDouble(out double percentile)
                || percentile is < 0 or > 100 || (percentiles.Count > 0 && percentile < percentiles[^1]))
            {
                return (null, "percentiles are numbers from 0 to 100, each at least the one before");
            }

            percentiles.Add(percentile);
        }

        return (percentiles, null);
    }

    private List<LedgerBlock> RangeOf(LedgerBlock newest, ulong count)
    {
        List<LedgerBlock> range = [];
        ulong genesis = blocks.Ledger.GenesisBlock.Number;
        for (ulong back = 0; back < count && newest.Number - genesis >= back; back++)
        {
            // The newest may be the one that would be built now, which the chain does not have.
            if (back == 0)
            {
                range.Add(newest);
            }
            else if (blocks.Ledger.TryGet(newest.Number - back, out LedgerBlock? block))
            {
                range.Add(block);
            }
        }

        range.Reverse();
        return range;
    }

    private static double Ratio(ulong used, ulong limit) => limit == 0 ? 0 : (double)used / limit;

    /// <summary>
    /// The priority fees at percentiles of the block's gas, its transactions ordered by what they paid.
    /// </summary>
    private static IReadOnlyList<Quantity> RewardsOf(LedgerBlock block, IReadOnlyList<double> percentiles)
    {
        UInt256 baseFee = block.Header.BaseFeePerGas ?? UInt256.Zero;
        (UInt256 Tip, ulong Gas)[] paid = new (UInt256, ulong)[block.Receipts.Count];
        for (int index = 0; index < paid.Length; index++)
        {
            LedgerTransaction found = new(block, index);
            paid[index] = (EffectiveGasPrice.Of(found.Transaction, baseFee) - baseFee, found.GasUsed);
        }

        Array.Sort(paid, static (left, right) => left.Tip.CompareTo(right.Tip));
        Quantity[] rewards = new Quantity[percentiles.Count];
        int at = 0;
        ulong gas = paid.Length > 0 ? paid[0].Gas : 0;
        for (int index = 0; index < rewards.Length; index++)
        {
            double threshold = block.Header.GasUsed * percentiles[index] / 100;
            while (gas < threshold && at + 1 < paid.Length)
            {
                gas += paid[++at].Gas;
            }

            rewards[index] = paid.Length > 0 ? paid[at].Tip : UInt256.Zero;
        }

        return rewards;
    }
}
