using Koinon.Chain.Forks;

namespace Koinon.Chain.Tests.Forks;

// All vectors of ethereum/tests run as fixtures; these hold the corners of the formulas.
public class DifficultyRuleTests
{
    private static readonly DifficultyRule Threshold = new(DifficultyAdjustment.Threshold, 0);
    private static readonly DifficultyRule Homestead = new(DifficultyAdjustment.Homestead, 0);
    private static readonly DifficultyRule WithUncles = new(DifficultyAdjustment.WithUncles, 3_000_000);

    // Mainnet's blocks 1 and 2.
    [Theory]
    [InlineData(17_179_869_184ul, 0ul, 1ul, 1_438_269_988ul, 17_171_480_576ul)]
    [InlineData(17_171_480_576ul, 1_438_269_988ul, 2ul, 1_438_270_017ul, 17_163_096_064ul)]
    public void Compute_OfMainnetsFirstBlocks_IsTheirs(
        ulong parent, ulong parentTime, ulong number, ulong time, ulong difficulty) =>
        Assert.Equal(difficulty, Threshold.Compute(parent, parentTime, false, number, time));

    [Theory]
    [InlineData(12ul, 1_000_488ul)]
    [InlineData(13ul, 999_512ul)]
    public void Compute_ByThreshold_TurnsAtThirteenSeconds(ulong seconds, ulong difficulty) =>
        Assert.Equal(difficulty, Threshold.Compute(1_000_000, 100, false, 1, 100 + seconds));

    [Theory]
    [InlineData(9ul, 1_000_488ul)]
    [InlineData(10ul, 1_000_000ul)]
    [InlineData(19ul, 1_000_000ul)]
    [InlineData(20ul, 999_512ul)]
    [InlineData(1_000_000ul, 951_688ul)]
    public void Compute_AsHomestead_StepsEachTenSeconds(ulong seconds, ulong difficulty) =>
        Assert.Equal(difficulty, Homestead.Compute(1_000_000, 100, false, 1, 100 + seconds));

    [Theory]
    [InlineData(false, 8ul, 1_000_488ul)]
    [InlineData(true, 8ul, 1_000_976ul)]
    [InlineData(true, 18ul, 1_000_000ul)]
    public void Compute_WithUncles_RaisesOneStepMore(bool hasUncles, ulong seconds, ulong difficulty) =>
        Assert.Equal(difficulty, WithUncles.Compute(1_000_000, 100, hasUncles, 1, 100 + seconds));

    [Fact]
    public void Compute_OfALowDifficulty_StaysAtTheMinimum() =>
        Assert.Equal(DifficultyRule.Minimum, Homestead.Compute(131_072, 0, false, 1, 1_000));

    [Theory]
    [InlineData(199_999ul, 0ul)]
    [InlineData(200_000ul, 1ul)]
    [InlineData(300_000ul, 2ul)]
    [InlineData(1_200_000ul, 1_024ul)]
    public void Compute_WithTheBomb_DoublesEachHundredThousandBlocks(ulong number, ulong bomb) =>
        Assert.Equal(1_000_000 + bomb, Homestead.Compute(1_000_000, 100, false, number, 110));

    [Theory]
    [InlineData(3_199_999ul, 0ul)]
    [InlineData(3_200_000ul, 1ul)]
    public void Compute_WithTheBombPutOff_CountsFromTheDelay(ulong number, ulong bomb) =>
        Assert.Equal(1_000_000 + bomb, WithUncles.Compute(1_000_000, 100, false, number, 110));

    [Fact]
    public void All_FromFrontierToOsaka_HoldTheDelaysOfTheirEips()
    {
        ulong[] delays = new ulong[BlockForkList.All.Count];
        for (int i = 0; i < delays.Length; i++)
        {
            delays[i] = BlockForkList.All[i].Difficulty?.BombDelay ?? ulong.MaxValue;
        }

        const ulong merged = ulong.MaxValue;
        Assert.Equal(
            [
                0, 0, 0, 0, 3_000_000, 5_000_000, 5_000_000, 5_000_000, 9_000_000, 9_000_000, 9_700_000, 10_700_000,
                11_400_000, merged, merged, merged, merged, merged,
            ],
            delays);
    }
}
