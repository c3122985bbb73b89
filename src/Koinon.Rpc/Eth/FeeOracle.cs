using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Rpc.Eth;

/// <summary>What a transaction has to pay to be taken into the next block.</summary>
/// <param name="ledger">The chain.</param>
/// <param name="producer">Who builds the next block; what it was told of fees stands above what follows.</param>
public sealed class FeeOracle(Ledger ledger, BlockProducer? producer = null)
{
    private static readonly UInt256 UsualTip = 1_000_000_000u;

    private readonly TipOracle _tips = new(ledger);

    /// <summary>The least that is offered: what the pool demands.</summary>
    public UInt256 TipMin { get; init; }

    /// <summary>
    /// The priority fee that is offered: 1 gwei where blocks are built here, as anvil does; else what recent blocks
    /// were paid.
    /// </summary>
    public UInt256 Tip()
    {
        UInt256 tip = producer is null ? _tips.Tip(UsualTip) : UsualTip;
        return tip < TipMin ? TipMin : tip;
    }

    /// <summary>The base fee of the block after the head; zero where blocks have none.</summary>
    public UInt256 NextBaseFee() =>
        producer?.Next.BaseFeePerGas ?? producer?.Settings.BaseFeePerGas ?? NextBaseFee(ledger.Head);

    /// <summary>The base fee of the block after a block; zero where blocks have none.</summary>
    public static UInt256 NextBaseFee(LedgerBlock parent)
    {
        BlockHeader header = parent.Header;
        return parent.Rules.Rules.BaseFee is { } rule && header.BaseFeePerGas is { } baseFee
            ? rule.Next(baseFee, header.GasUsed, header.GasLimit)
            : UInt256.Zero;
    }

    /// <summary>The price of blob gas in a block; zero where blocks have none.</summary>
    public static UInt256 BlobPrice(LedgerBlock block) =>
        block.Rules.Blobs is { } blobs && block.Header.ExcessBlobGas is { } excess
            ? blobs.PriceOf(excess)
            : UInt256.Zero;

    /// <summary>The price of blob gas in the block after a block; zero where blocks have none.</summary>
    public static UInt256 NextBlobPrice(LedgerBlock parent)
    {
        ActiveRules rules = parent.Rules;
        BlockHeader header = parent.Header;
        if (rules.Blobs is not { } blobs || header.ExcessBlobGas is not { } excess)
        {
            return UInt256.Zero;
        }

        UInt256 baseFee = header.BaseFeePerGas ?? UInt256.Zero;
        return blobs.PriceOf(
            blobs.NextExcess(excess, header.BlobGasUsed ?? 0, baseFee, rules.Rules.HasBlobReservePrice));
    }
}
