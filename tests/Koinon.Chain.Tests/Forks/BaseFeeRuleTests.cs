using Koinon.Chain.Forks;

namespace Koinon.Chain.Tests.Forks;

public class BaseFeeRuleTests
{
    private static readonly BaseFeeRule Rule = new(Initial: 1_000_000_000, Elasticity: 2, ChangeDenominator: 8);

    [Theory]
    [InlineData(1_000_000_000ul, 10_000_000ul, 20_000_000ul, 1_000_000_000ul)]
    [InlineData(1_000_000_000ul, 9_000_000ul, 20_000_000ul, 987_500_000ul)]
    [InlineData(1_000_000_000ul, 11_000_000ul, 20_000_000ul, 1_012_500_000ul)]
    [InlineData(1_000_000_000ul, 20_000_000ul, 20_000_000ul, 1_125_000_000ul)]
    [InlineData(1_000_000_000ul, 0ul, 20_000_000ul, 875_000_000ul)]
    [InlineData(7ul, 20_000_000ul, 20_000_000ul, 8ul)]
    [InlineData(7ul, 0ul, 20_000_000ul, 7ul)]
    [InlineData(0ul, 20_000_000ul, 20_000_000ul, 1ul)]
    [InlineData(100ul, 5ul, 1ul, 100ul)]
    public void Next_AfterTheGasOfTheParent_Follows(ulong baseFee, ulong gasUsed, ulong gasLimit, ulong next) =>
        Assert.Equal(next, Rule.Next(baseFee, gasUsed, gasLimit));
}
