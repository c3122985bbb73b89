using Koinon.Evm.Forks;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Evm.Tests;

public sealed class TransactionRulesTests
{
    private static readonly Address Someone = Address.Parse("0x00000000000000000000000000000000000000aa");

    [Theory]
    [InlineData(TransactionType.Legacy)]
    [InlineData(TransactionType.DynamicFee)]
    public void CheckSignature_OfWhatNobodySigned_NeedsTheChainsRule(TransactionType type)
    {
        Transaction unsigned = new Transaction { Type = type, ChainId = 1u }.WithUnsignedSender(Someone);
        Fork fork = ForkList.Newest;

        Assert.Equal(
            TransactionError.SignatureInvalid, TransactionRules.CheckSignature(unsigned, fork, 1u, out _, out _));
        Assert.Equal(
            TransactionError.None,
            TransactionRules.CheckSignature(
                unsigned, fork with { AllowsUnsigned = true }, 1u, out Address sender, out _));
        Assert.Equal(Someone, sender);
    }

    [Fact]
    public void NoFork_OfItself_AllowsUnsignedTransactions() =>
        Assert.DoesNotContain(ForkList.All, static fork => fork.AllowsUnsigned);
}
