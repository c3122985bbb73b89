using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Koinon.Chain.Forks;
using Koinon.Primitives;

namespace Koinon.Chain.Tests.Forks;

public class BlobParametersTests
{
    private const ulong Blob = BlobParameters.GasPerBlob;

    private static readonly BlobParameters Cancun = new(3, 6, 3_338_477);
    private static readonly BlobParameters Prague = new(6, 9, 5_007_716);

    // The vectors that geth tests EIP-4844's function with.
    [Theory]
    [InlineData(1ul, 0ul, 1ul, 1ul)]
    [InlineData(38_493ul, 0ul, 1_000ul, 38_493ul)]
    [InlineData(0ul, 1_234ul, 2_345ul, 0ul)]
    [InlineData(1ul, 2ul, 1ul, 6ul)]
    [InlineData(1ul, 4ul, 2ul, 6ul)]
    [InlineData(1ul, 3ul, 1ul, 16ul)]
    [InlineData(1ul, 6ul, 2ul, 18ul)]
    [InlineData(1ul, 4ul, 1ul, 49ul)]
    [InlineData(1ul, 8ul, 2ul, 50ul)]
    [InlineData(10ul, 8ul, 2ul, 542ul)]
    [InlineData(11ul, 8ul, 2ul, 596ul)]
    [InlineData(1ul, 5ul, 1ul, 136ul)]
    [InlineData(1ul, 5ul, 2ul, 11ul)]
    [InlineData(2ul, 5ul, 2ul, 23ul)]
    [InlineData(1ul, 50_000_000ul, 2_225_652ul, 5_709_098_764ul)]
    public void FakeExponential_OfPublishedVectors_IsTheirs(
        ulong factor, ulong numerator, ulong denominator, ulong value) =>
        Assert.Equal(value, BlobParameters.FakeExponential(factor, numerator, denominator));

    [Fact]
    public void FakeExponential_OfAnyPriceThatFits_IsThatOfBigIntegers() =>
        Prop.ForAll<uint, uint>((excess, fraction) =>
        {
            ulong denominator = 1_000_000 + fraction % 20_000_000ul;
            UInt256 ours = BlobParameters.FakeExponential(1, excess % 500_000_000, denominator);
            BigInteger right = FakeExponential(1, excess % 500_000_000, denominator);
            return ours == UInt256.MaxValue || BigInteger.Parse(ours.ToString()) == right;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void PriceOf_AnExcessBeyondAllMeasure_IsTheLargestWord() =>
        Assert.Equal(UInt256.MaxValue, Cancun.PriceOf(ulong.MaxValue));

    [Theory]
    [InlineData(2_314_057ul, 1ul)]
    [InlineData(2_314_058ul, 2ul)]
    [InlineData(10ul * 1024 * 1024, 23ul)]
    public void PriceOf_AtTheFirstSteps_IsThatOfTheEip(ulong excess, ulong price) =>
        Assert.Equal(price, Cancun.PriceOf(excess));

    [Theory]
    [InlineData(0ul, 0ul, 0ul)]
    [InlineData(0ul, 3ul, 0ul)]
    [InlineData(0ul, 4ul, 1ul)]
    [InlineData(3ul, 0ul, 0ul)]
    [InlineData(3ul, 1ul, 1ul)]
    [InlineData(10ul, 6ul, 13ul)]
    public void NextExcess_WithoutAReserve_IsWhatGoesOverTheTarget(ulong excess, ulong used, ulong next) =>
        Assert.Equal(next * Blob, Cancun.NextExcess(excess * Blob, used * Blob, 1_000_000_000, hasReservePrice: false));

    // EIP-7918: while 2¹³ · base fee is above 2¹⁷ · blob price, no target is taken off: of 6 blobs used with target 6
    // and maximum 9, a third is added.
    [Theory]
    [InlineData(16ul, 4ul)]
    [InlineData(17ul, 6ul)]
    public void NextExcess_WithAReserve_TurnsWhereExecutionCostsMore(ulong baseFee, ulong next)
    {
        Assert.Equal(1ul, Prague.PriceOf(4 * Blob));
        Assert.Equal(next * Blob, Prague.NextExcess(4 * Blob, 6 * Blob, baseFee, hasReservePrice: true));
        Assert.Equal(4 * Blob, Prague.NextExcess(4 * Blob, 6 * Blob, baseFee, hasReservePrice: false));
    }

    [Fact]
    public void NextExcess_BelowTheTarget_IsZeroWhateverTheReserve() =>
        Assert.Equal(0ul, Prague.NextExcess(0, 5 * Blob, ulong.MaxValue, hasReservePrice: true));

    [Fact]
    public void NextExcess_AtTheLargestFigures_DoesNotOverflow()
    {
        Assert.Equal(ulong.MaxValue, Prague.NextExcess(ulong.MaxValue, ulong.MaxValue, UInt256.MaxValue, true));
        Assert.Equal(ulong.MaxValue, Prague.NextExcess(ulong.MaxValue, ulong.MaxValue, UInt256.MaxValue, false));
    }

    private static BigInteger FakeExponential(BigInteger factor, BigInteger numerator, BigInteger denominator)
    {
        BigInteger output = 0;
        BigInteger term = factor * denominator;
        for (int i = 1; term > 0; i++)
        {
            output += term;
            term = term * numerator / (denominator * i);
        }

        return output / denominator;
    }
}
