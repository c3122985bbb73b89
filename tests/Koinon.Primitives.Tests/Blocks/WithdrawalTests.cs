using FsCheck;
using FsCheck.Fluent;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.Rlp;
using Koinon.Primitives.Tests.Rlp;
using Koinon.Primitives.Tests.Transactions;

namespace Koinon.Primitives.Tests.Blocks;

public sealed class WithdrawalTests
{
    private const string Zeros20 = "0000000000000000000000000000000000000000";

    [Fact]
    public void EncodeToAndTryDecode_OfAnyWithdrawal_AreInverse() =>
        Prop.ForAll(((ulong, ulong) indices, ulong amount, WordSpec address) =>
        {
            (ulong index, ulong validator) = indices;
            Withdrawal withdrawal = new(index, validator, Address.FromWord(address.Value), amount);
            byte[] expected = NaiveRlp.List(
                NaiveRlp.Number(index),
                NaiveRlp.Number(validator),
                NaiveRlp.String(AccessSpec.Padded(address.Value)[12..]),
                NaiveRlp.Number(amount)).Encode();
            RlpWriter writer = new([]);
            withdrawal.EncodeTo(ref writer);
            Assert.Equal(expected, writer.Written.ToArray());
            writer.Dispose();
            return Withdrawal.TryDecode(expected, out Withdrawal decoded, out _) && decoded == withdrawal;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("80", BodyDecodeReason.ListExpected, WithdrawalField.List)]
    [InlineData("c0", BodyDecodeReason.TooFewFields, WithdrawalField.List)]
    [InlineData("c58080808080", BodyDecodeReason.TooManyFields, WithdrawalField.List)]
    [InlineData("c40080c080", BodyDecodeReason.LeadingZeros, WithdrawalField.Index)]
    [InlineData("c480c0c080", BodyDecodeReason.StringExpected, WithdrawalField.ValidatorIndex)]
    [InlineData("c480808080", BodyDecodeReason.TooShort, WithdrawalField.Address)]
    [InlineData("e0808094" + Zeros20 + "880102030405060708", BodyDecodeReason.None, WithdrawalField.Amount)]
    [InlineData("e1808094" + Zeros20 + "89010203040506070809", BodyDecodeReason.Overflow, WithdrawalField.Amount)]
    [InlineData("d9808094" + Zeros20 + "80b8", BodyDecodeReason.TooManyFields, WithdrawalField.List)]
    [InlineData("d8808094" + Zeros20 + "8000", BodyDecodeReason.TrailingBytes, WithdrawalField.List)]
    public void TryDecode_OfWrongBytes_SaysWhatAndWhere(string hex, BodyDecodeReason expected, WithdrawalField field)
    {
        bool decoded = Withdrawal.TryDecode(Hex.Decode(hex), out _, out WithdrawalDecodeError error);

        Assert.Equal(expected == BodyDecodeReason.None, decoded);
        Assert.Equal((expected, field), (error.Reason, error.Field));
    }
}
