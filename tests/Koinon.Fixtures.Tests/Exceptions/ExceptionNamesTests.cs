using Koinon.Chain;
using Koinon.Fixtures.Exceptions;
using Koinon.Primitives.Transactions;

namespace Koinon.Fixtures.Tests.Exceptions;

public sealed class ExceptionNamesTests
{
    // What these are about is stated beside a block, not in it.
    private static readonly string[] NamesOfNothing =
    [
        "BlockException.INVALID_BLOCK_HASH", "BlockException.INVALID_VERSIONED_HASHES",
    ];

    [Fact]
    public void Tables_OfEveryName_StandForSomething() =>
        Assert.All(
            CurrentExceptionNames.Table.Concat(OlderExceptionNames.Table),
            static row => Assert.Equal(NamesOfNothing.Contains(row.Key), row.Value.Length == 0));

    [Fact]
    public void Tables_OfBothGenerations_ShareNoName() =>
        Assert.Empty(CurrentExceptionNames.Table.Select(static row => row.Key)
            .Intersect(OlderExceptionNames.Table.Select(static row => row.Key)));

    [Fact]
    public void Tables_OfEveryName_MatchNothingThatWasAccepted() =>
        Assert.All(
            CurrentExceptionNames.Table.Concat(OlderExceptionNames.Table),
            static row => Assert.NotNull(ExceptionNames.Compare(row.Key, default)));

    [Fact]
    public void TransactionErrors_OfTheClosedList_HaveANameEach()
    {
        IEnumerable<TransactionError> named = CurrentExceptionNames.Table.SelectMany(static row => row.Value)
            .Select(static pattern => pattern.Transaction);

        Assert.Equal(
            [TransactionError.StateUnavailable],
            Enum.GetValues<TransactionError>().Where(static error => error != TransactionError.None).Except(named));
    }

    [Theory]
    [InlineData("BlockException.INVALID_GASLIMIT", BlockError.GasLimitOutOfBounds, true)]
    [InlineData("BlockException.INVALID_GASLIMIT | BlockException.INVALID_STATE_ROOT", BlockError.StateRootWrong, true)]
    [InlineData("BlockException.INVALID_GASLIMIT", BlockError.GasUsedWrong, false)]
    [InlineData("InvalidGasLimit2", BlockError.GasLimitOutOfBounds, true)]
    public void Compare_BlockRefusal_AsksForTheReason(string expected, BlockError error, bool isRight) =>
        Assert.Equal(isRight, ExceptionNames.Compare(expected, new Refusal { Block = error }) is null);

    [Fact]
    public void Compare_NameOfNoTable_SaysSoEvenBesideOneThatMatches()
    {
        Refusal refusal = Refusal.Of(TransactionError.NonceTooLow);

        Assert.Contains(
            "in no table",
            ExceptionNames.Compare("TransactionException.NONCE_MISMATCH_TOO_LOW|Unheard", refusal),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_DecodeRefusal_LooksAtTheField()
    {
        TransactionDecodeError error = new(TransactionDecodeReason.Overflow, TransactionField.GasLimit);
        Refusal gas = Refusal.Of(error);

        Assert.Null(ExceptionNames.Compare("TransactionException.GASLIMIT_OVERFLOW", gas));
        Assert.NotNull(ExceptionNames.Compare("TransactionException.NONCE_OVERFLOW", gas));
    }
}
