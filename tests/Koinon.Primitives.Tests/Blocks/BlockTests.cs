using FsCheck;
using FsCheck.Fluent;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.Tests.Rlp;
using Koinon.Primitives.Tests.Transactions;
using Koinon.Primitives.Transactions;

namespace Koinon.Primitives.Tests.Blocks;

public sealed class BlockTests
{
    [Fact]
    public void EncodeAndTryDecode_OfAnyBlock_AreInverse() =>
        Prop.ForAll((HeaderSpec header, TransactionSpec[] transactions, (HeaderSpec[], WordSpec[]) rest) =>
        {
            (HeaderSpec[] uncles, WordSpec[] withdrawals) = rest;
            byte[] bytes = Rlp(header, transactions, uncles, withdrawals).Encode();
            Block made = new()
            {
                Header = header.Header,
                Transactions = [.. transactions.Select(static spec => spec.Transaction)],
                Uncles = [.. uncles.Select(static spec => spec.Header)],
                Withdrawals = withdrawals.Length == 0 ? null : [.. withdrawals.Skip(1).Select(Withdrawal)],
            };
            Assert.Equal(bytes, made.Encode());
            Assert.Equal(bytes.Length, made.Size);

            Assert.True(
                Block.TryDecode(bytes, out Block? decoded, out BlockDecodeError error), error.Reason.ToString());
            Assert.Equal(bytes.Length, decoded.Size);
            BlockHeaderTests.AssertSame(made.Header, decoded.Header);
            Assert.Equal(transactions.Length, decoded.Transactions.Count);
            for (int i = 0; i < transactions.Length; i++)
            {
                TransactionTests.AssertSame(made.Transactions[i], decoded.Transactions[i]);
            }

            Assert.Equal(uncles.Length, decoded.Uncles.Count);
            Assert.Equal(made.Withdrawals, decoded.Withdrawals);
            Assert.Equal(bytes, decoded.Encode());
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("", BlockDecodeReason.Malformed)]
    [InlineData("f8", BlockDecodeReason.Malformed)]
    [InlineData("80", BlockDecodeReason.BlockNotAList)]
    [InlineData("c0", BlockDecodeReason.TooFewParts)]
    [InlineData("c000", BlockDecodeReason.TrailingBytes)]
    [InlineData("c1c0", BlockDecodeReason.HeaderInvalid)]
    public void TryDecode_OfAWrongEnvelope_SaysWhy(string hex, BlockDecodeReason expected)
    {
        Assert.False(Block.TryDecode(Hex.Decode(hex), out Block? none, out BlockDecodeError error));
        Assert.Null(none);
        Assert.Equal(expected, error.Reason);
    }

    [Theory]
    [InlineData(1, "80", BlockDecodeReason.TransactionsNotAList)]
    [InlineData(1, "c181", BlockDecodeReason.Malformed)]
    [InlineData(1, "c1c0", BlockDecodeReason.TransactionInvalid)]
    [InlineData(2, "80", BlockDecodeReason.UnclesNotAList)]
    [InlineData(2, "c1c0", BlockDecodeReason.UncleInvalid)]
    [InlineData(3, "80", BlockDecodeReason.WithdrawalsNotAList)]
    [InlineData(3, "c1c0", BlockDecodeReason.WithdrawalInvalid)]
    [InlineData(4, "c0", BlockDecodeReason.TooManyParts)]
    public void TryDecode_WithAWrongPart_SaysWhich(int place, string hex, BlockDecodeReason expected)
    {
        NaiveRlp parts = Parts();
        if (place == parts.Items!.Count)
        {
            parts.Items.Add(NaiveRlp.List());
        }

        parts.Items[place] = NaiveRlp.Raw(Hex.Decode(hex));

        Assert.False(Block.TryDecode(parts.Encode(), out _, out BlockDecodeError error));
        Assert.Equal(expected, error.Reason);
    }

    [Fact]
    public void TryDecode_WithoutUncles_HasTooFewParts()
    {
        NaiveRlp parts = Parts();
        parts.Items!.RemoveRange(2, 2);

        Assert.False(Block.TryDecode(parts.Encode(), out _, out BlockDecodeError error));
        Assert.Equal(BlockDecodeReason.TooFewParts, error.Reason);
    }

    [Fact]
    public void TryDecode_WithABlobTransactionInNetworkForm_NamesTheSidecar()
    {
        NaiveRlp parts = Parts();
        parts.Items![1] = NaiveRlp.List(
            NaiveRlp.Raw(TransactionDecodeTests.Legacy().Encode()),
            NaiveRlp.String(TransactionDecodeTests.Network(0, 1)));

        Assert.False(Block.TryDecode(parts.Encode(), out _, out BlockDecodeError error));
        Assert.Equal((BlockDecodeReason.TransactionInvalid, 1), (error.Reason, error.Index));
        Assert.Equal(TransactionDecodeReason.SidecarNotAllowed, error.Transaction.Reason);
    }

    [Fact]
    public void TryDecode_WithALegacyTransactionInAString_RefusesIt()
    {
        NaiveRlp parts = Parts();
        parts.Items![1] = NaiveRlp.List(NaiveRlp.String(TransactionDecodeTests.Legacy().Encode()));

        Assert.False(Block.TryDecode(parts.Encode(), out _, out BlockDecodeError error));
        Assert.Equal(TransactionDecodeReason.NotATransaction, error.Transaction.Reason);
    }

    [Fact]
    public void TryDecode_WithATypedTransactionAsAList_RefusesIt()
    {
        NaiveRlp parts = Parts();
        parts.Items![1] = NaiveRlp.List(TransactionDecodeTests.Blob());

        Assert.False(Block.TryDecode(parts.Encode(), out _, out BlockDecodeError error));
        Assert.Equal(TransactionDecodeReason.TooManyFields, error.Transaction.Reason);
    }

    internal static NaiveRlp Rlp(
        HeaderSpec header, TransactionSpec[] transactions, HeaderSpec[] uncles, WordSpec[] withdrawals)
    {
        NaiveRlp block = NaiveRlp.List(
            header.Rlp,
            NaiveRlp.List(transactions.Select(static spec => Item(spec.Encoding))),
            NaiveRlp.List(uncles.Select(static spec => spec.Rlp)));
        if (withdrawals.Length > 0)
        {
            block.Items!.Add(NaiveRlp.List(withdrawals.Skip(1).Select(static seed => NaiveRlp.List(
                NaiveRlp.Number(seed.Digits),
                NaiveRlp.Number((ulong)seed.Shift),
                NaiveRlp.String(AccessSpec.Padded(seed.Value)[12..]),
                NaiveRlp.Number(seed.Digits)))));
        }

        return block;
    }

    private static NaiveRlp Parts() => Rlp(BlockHeaderTests.Full(), [], [], [new(0, 0)]);

    private static NaiveRlp Item(byte[] encoding) =>
        encoding[0] >= 0xc0 ? NaiveRlp.Raw(encoding) : NaiveRlp.String(encoding);

    private static Withdrawal Withdrawal(WordSpec seed) =>
        new(seed.Digits, seed.Shift, Address.FromWord(seed.Value), seed.Digits);
}
