using Koinon.Primitives.Blocks;
using Koinon.Primitives.Rlp;
using Koinon.Primitives.Tests.Blocks;
using Koinon.Primitives.Tests.Rlp;
using Koinon.Primitives.Tests.Transactions;
using Koinon.Primitives.Transactions;

namespace Koinon.Primitives.Tests.Fuzzing;

/// <summary>
/// Every decoder under mutated input: no exception, each reason reached, what is accepted encodes to the same bytes.
/// </summary>
public sealed class DecoderFuzzTests
{
    private static readonly RlpError[] StructureErrors =
    [
        RlpError.EndOfInput, RlpError.LengthTruncated, RlpError.ContentTruncated, RlpError.LengthLeadingZeros,
        RlpError.LengthNotMinimal, RlpError.LengthTooLarge, RlpError.SingleByteWrapped, RlpError.TrailingBytes,
        RlpError.TooDeep,
    ];

    [Fact]
    public void RlpItem_UnderMutation_AgreesWithTheDefinition() =>
        new DecoderFuzz(
            [NaiveRlp.List().Encode(), NaiveRlp.String(1, 2, 3).Encode(), TransactionDecodeTests.Blob().Encode(),
                BlockHeaderTests.Full().Rlp.Encode()],
            static bytes =>
            {
                RlpError error = RlpReader.Validate(bytes);
                if (error != RlpError.TooDeep)
                {
                    Assert.Equal(error == RlpError.None, NaiveRlp.Decode(bytes) is not null);
                }

                return error == RlpError.None ? DecoderFuzz.Accepted : error.ToString();
            }).Run("RLP item", 150_000, Names(StructureErrors));

    [Fact]
    public void RlpFields_UnderMutation_ReachEachError() =>
        new DecoderFuzz(
            [NaiveRlp.List(
                NaiveRlp.Number(5),
                NaiveRlp.Number(UInt256.MaxValue),
                NaiveRlp.Number(1),
                NaiveRlp.String(new byte[20]),
                NaiveRlp.String(new byte[32]),
                NaiveRlp.List(),
                NaiveRlp.String()).Encode()],
            static bytes =>
            {
                RlpError error = ReadFields(bytes);
                return error == RlpError.None ? DecoderFuzz.Accepted : error.ToString();
            }).Run(
                "RLP fields",
                50_000,
                Names(Enum.GetValues<RlpError>().Except([RlpError.None, RlpError.TooDeep])));

    [Fact]
    public void Transaction_UnderMutation_IsRefusedForEachReason() =>
        new DecoderFuzz(TransactionSamples(), static bytes =>
        {
            if (!Transaction.TryDecode(bytes, out Transaction? transaction, out TransactionDecodeError error))
            {
                return error.Reason.ToString();
            }

            // Encoding anew from the fields must give the very bytes: there is one encoding of a transaction.
            Assert.Equal(bytes, transaction.WithSignature(transaction.Signature!.Value).Encoded.ToArray());
            transaction.TryGetSender(out _);
            return DecoderFuzz.Accepted;
        }).Run("transaction", 200_000, ReasonsExcept(
            TransactionDecodeReason.SidecarMissing,
            TransactionDecodeReason.SidecarVersionUnknown,
            TransactionDecodeReason.SidecarCountMismatch));

    [Fact]
    public void NetworkForm_UnderMutation_IsRefusedForEachReason() =>
        new DecoderFuzz(
            [.. TransactionSamples().Where(static sample => sample[0] is not (2 or 3)),
                EmptySidecar(0), EmptySidecar(1), EmptySidecar(0), EmptySidecar(1), EmptySidecar(0),
                TransactionDecodeTests.Network(0, 1)],
            static bytes =>
            {
                if (!Transaction.TryDecodeNetworkForm(bytes, out Transaction? transaction, out var error))
                {
                    return error.Reason.ToString();
                }

                RlpWriter writer = new([]);
                transaction.EncodeNetworkFormTo(ref writer);
                Assert.True(writer.Written.SequenceEqual(bytes));
                writer.Dispose();
                return DecoderFuzz.Accepted;
            }).Run("network form", 150_000, ReasonsExcept(TransactionDecodeReason.SidecarNotAllowed));

    [Fact]
    public void Authorization_UnderMutation_IsRefusedForEachReason() =>
        new DecoderFuzz(
            [AuthorizationItem(AuthorizationTests.Sign(new Authorization { ChainId = 1u, Nonce = 300 })),
                AuthorizationItem(AuthorizationTests.Sign(new Authorization { Address = Address.FromWord(7u) }))],
            static bytes =>
            {
                NaiveRlp fields = TransactionDecodeTests.Blob();
                fields.Items![9] = NaiveRlp.List(NaiveRlp.Raw(bytes));
                fields.Items.RemoveAt(10);
                if (!Transaction.TryDecode([4, .. fields.Encode()], out Transaction? transaction, out var error))
                {
                    return error.Reason.ToString();
                }

                // Noise may hold several items or none.
                return transaction.AuthorizationList is [var authorization] && !authorization.TryRecoverAuthority(out _)
                    ? "NoAuthority"
                    : DecoderFuzz.Accepted;
            }).Run("authorization", 100_000,
            [
                "NoAuthority", .. Names(
                [
                    TransactionDecodeReason.Malformed, TransactionDecodeReason.TooFewFields,
                    TransactionDecodeReason.TooManyFields, TransactionDecodeReason.ListExpected,
                    TransactionDecodeReason.StringExpected, TransactionDecodeReason.LeadingZeros,
                    TransactionDecodeReason.Overflow, TransactionDecodeReason.TooShort, TransactionDecodeReason.TooLong,
                ]),
            ]);

    [Fact]
    public void Header_UnderMutation_IsRefusedForEachReason() =>
        new DecoderFuzz(HeaderSamples(), static bytes =>
        {
            if (!BlockHeader.TryDecode(bytes, out BlockHeader? header, out HeaderDecodeError error))
            {
                return error.Reason.ToString();
            }

            Assert.Equal(bytes, BlockHeaderTests.Encode(header));
            return DecoderFuzz.Accepted;
        }).Run("header", 100_000, PlainReasons());

    [Fact]
    public void Withdrawal_UnderMutation_IsRefusedForEachReason() =>
        new DecoderFuzz([WithdrawalItem(1), WithdrawalItem(70_000)], static bytes =>
        {
            if (!Withdrawal.TryDecode(bytes, out Withdrawal withdrawal, out WithdrawalDecodeError error))
            {
                return error.Reason.ToString();
            }

            RlpWriter writer = new(stackalloc byte[128]);
            withdrawal.EncodeTo(ref writer);
            Assert.True(writer.Written.SequenceEqual(bytes));
            writer.Dispose();
            return DecoderFuzz.Accepted;
        }).Run("withdrawal", 100_000, PlainReasons());

    [Fact]
    public void Receipt_UnderMutation_IsRefusedForEachReason() =>
        new DecoderFuzz(ReceiptSamples(), static bytes =>
        {
            if (!Receipt.TryDecode(bytes, out Receipt? receipt, out ReceiptDecodeError error))
            {
                return error.Reason.ToString();
            }

            RlpWriter writer = new([]);
            receipt.EncodeTo(ref writer);
            Assert.True(writer.Written.SequenceEqual(bytes));
            writer.Dispose();
            return DecoderFuzz.Accepted;
        }).Run(
            "receipt",
            100_000,
            Names(Enum.GetValues<BodyDecodeReason>().Except([BodyDecodeReason.None])));

    [Fact]
    public void Block_UnderMutation_IsRefusedForEachReason() =>
        new DecoderFuzz(BlockSamples(), static bytes =>
        {
            if (!Block.TryDecode(bytes, out Block? block, out BlockDecodeError error))
            {
                return error.Reason.ToString();
            }

            Assert.Equal(bytes, block.Encode());
            return DecoderFuzz.Accepted;
        }).Run(
            "block",
            150_000,
            Names(Enum.GetValues<BlockDecodeReason>().Except([BlockDecodeReason.None])));

    private static RlpError ReadFields(byte[] bytes)
    {
        RlpReader reader = new(bytes);
        RlpError error = reader.ReadList(out RlpReader fields);
        error = error == RlpError.None ? fields.ReadUInt64(out _) : error;
        error = error == RlpError.None ? fields.ReadUInt256(out _) : error;
        error = error == RlpError.None ? fields.ReadByte(out _) : error;
        error = error == RlpError.None ? fields.ReadOptionalAddress(out _) : error;
        error = error == RlpError.None ? fields.ReadHash(out _) : error;
        error = error == RlpError.None ? fields.ReadList(out _) : error;
        error = error == RlpError.None ? fields.ReadEncoded(out _) : error;
        error = error == RlpError.None ? fields.End() : error;
        return error == RlpError.None ? reader.End() : error;
    }

    private static IEnumerable<string> ReasonsExcept(params TransactionDecodeReason[] unreachable) =>
        Names(Enum.GetValues<TransactionDecodeReason>().Except([TransactionDecodeReason.None, .. unreachable]));

    private static IEnumerable<string> PlainReasons() =>
        Names(Enum.GetValues<BodyDecodeReason>()
            .Except([BodyDecodeReason.None, BodyDecodeReason.TypeUnknown, BodyDecodeReason.ValueNotAllowed]));

    private static IEnumerable<string> Names<T>(IEnumerable<T> reasons)
        where T : struct, Enum => reasons.Select(static reason => reason.ToString());

    private static TransactionSpec Spec(byte kind) => new(
        kind, false, 7, 21_000, new(1, 0), new(9, 100), new(3, 20), new(77, 100), new(1, 60), [1, 2, 3],
        [new AccessSpec(new(5, 90), [new(1, 0), new(2, 255)])], new(1, 8), [new(1, 248)],
        [new AuthorizationSpec(new(1, 0), new(4, 4), 1, 1, new(9, 200), new(9, 190))], new(kind == 0 ? 37UL : 1UL, 0),
        new(11, 200), new(12, 201));

    private static List<byte[]> TransactionSamples() =>
        [.. Enumerable.Range(0, 5).Select(static kind => Spec((byte)kind).Encoding)];

    private static byte[] EmptySidecar(byte version)
    {
        NaiveRlp body = TransactionDecodeTests.Blob();
        body.Items![10] = NaiveRlp.List();
        List<NaiveRlp> versionByte = version == 0 ? [] : [NaiveRlp.Number((ulong)version)];
        NaiveRlp none = NaiveRlp.List();
        return [3, .. NaiveRlp.List([body, .. versionByte, none, none, none]).Encode()];
    }

    private static byte[] AuthorizationItem(Authorization authorization)
    {
        RlpWriter writer = new([]);
        authorization.EncodeTo(ref writer);
        byte[] encoded = writer.Written.ToArray();
        writer.Dispose();
        return encoded;
    }

    private static List<byte[]> HeaderSamples() =>
        [.. Enumerable.Range(0, 7).Select(static forks =>
            (BlockHeaderTests.Full() with { Forks = (byte)forks }).Rlp.Encode())];

    private static byte[] WithdrawalItem(ulong seed) => NaiveRlp.List(
        NaiveRlp.Number(seed),
        NaiveRlp.Number(seed),
        NaiveRlp.String(new byte[20]),
        NaiveRlp.Number(ulong.MaxValue)).Encode();

    private static List<byte[]> ReceiptSamples() =>
        [.. Enumerable.Range(0, 10).Select(static i =>
            (ReceiptTests.Plain() with { Kind = (byte)i, HasRoot = i > 7, Succeeded = i % 2 == 0 }).Encoding)];

    private static List<byte[]> BlockSamples() =>
    [
        BlockTests.Rlp(BlockHeaderTests.Full() with { Forks = 0 }, [Spec(0)], [BlockHeaderTests.Full()], []).Encode(),
        BlockTests.Rlp(
            BlockHeaderTests.Full(), [Spec(0), Spec(2), Spec(3), Spec(4)], [], [new(1, 0), new(2, 3)]).Encode(),
        BlockTests.Rlp(BlockHeaderTests.Full(), [], [], []).Encode(),
    ];
}
