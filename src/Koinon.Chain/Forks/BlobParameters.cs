using Koinon.Primitives;

namespace Koinon.Chain.Forks;

/// <summary>How many blobs blocks may carry, and how their price follows (EIP-4844, EIP-7840, EIP-7892).</summary>
/// <param name="Target">Blobs of a block at which the price stands still.</param>
/// <param name="Maximum">The most blobs of a block.</param>
/// <param name="BaseFeeUpdateFraction">Blob gas by which the excess changes the price e times.</param>
public sealed record BlobParameters(ulong Target, ulong Maximum, ulong BaseFeeUpdateFraction)
{
    /// <summary>Blob gas of one blob.</summary>
    public const ulong GasPerBlob = 1 << 17;

    /// <summary>
    /// Execution gas that a blob's verification is worth: the measure of the reserve price (EIP-7918).
    /// </summary>
    public const ulong BaseCostOfBlob = 1 << 13;

    /// <summary>The lowest price of blob gas, in wei.</summary>
    private const ulong MinimumPrice = 1;

    /// <summary>The most blob gas of a block.</summary>
    public ulong MaximumGas => Maximum * GasPerBlob;

    /// <summary>The price of blob gas in a block.</summary>
    /// <param name="excessBlobGas">The block's excess blob gas.</param>
    /// <returns>In wei; 2²⁵⁶-1 where it would be more than a word holds.</returns>
    public UInt256 PriceOf(ulong excessBlobGas) => FakeExponential(MinimumPrice, excessBlobGas, BaseFeeUpdateFraction);

    /// <summary>The excess blob gas that a block must state.</summary>
    /// <param name="parentExcess">The parent's excess; zero where it has none.</param>
    /// <param name="parentUsed">Blob gas that the parent used; zero where it has none.</param>
    /// <param name="parentBaseFee">The parent's base fee.</param>
    /// <param name="hasReservePrice">Whether execution gas bounds the price from below (EIP-7918).</param>
    public ulong NextExcess(ulong parentExcess, ulong parentUsed, in UInt256 parentBaseFee, bool hasReservePrice)
    {
        // Excess and use come from a header that was checked, or from a genesis: they may be anything there.
        UInt128 sum = (UInt128)parentExcess + parentUsed;
        UInt128 target = (UInt128)Target * GasPerBlob;
        if (sum < target)
        {
            return 0;
        }

        UInt128 next = sum - target;
        if (hasReservePrice && IsBelowReserve(parentExcess, parentBaseFee))
        {
            next = parentExcess + (UInt128)parentUsed * (Maximum - Target) / Maximum;
        }

        return next > ulong.MaxValue ? ulong.MaxValue : (ulong)next;
    }

    /// <summary>
    /// Approximates factor · e^(numerator / denominator) by its Taylor series in integers (EIP-4844).
    /// </summary>
    internal static UInt256 FakeExponential(ulong factor, ulong numerator, ulong denominator)
    {
        UInt256 output = UInt256.Zero;
        UInt256 term = (UInt128)factor * denominator;
        for (ulong i = 1; !term.IsZero; i++)
        {
            if (UInt256.AddOverflow(output, term, out output)
                || UInt256.MultiplyOverflow(term, numerator, out UInt256 product))
            {
                return UInt256.MaxValue;
            }

            term = product / (UInt256)((UInt128)denominator * i);
        }

        return output / denominator;
    }

    private bool IsBelowReserve(ulong parentExcess, in UInt256 parentBaseFee)
    {
        bool reserveTooLarge = UInt256.MultiplyOverflow(parentBaseFee, BaseCostOfBlob, out UInt256 reserve);
        bool priceTooLarge = UInt256.MultiplyOverflow(PriceOf(parentExcess), GasPerBlob, out UInt256 price);
        return !priceTooLarge && (reserveTooLarge || reserve > price);
    }
}
