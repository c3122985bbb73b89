using Koinon.Primitives.Rlp;
using Koinon.Primitives.Tests.Rlp;
using Koinon.Primitives.Transactions;
using static Koinon.Primitives.Transactions.TransactionDecodeReason;

namespace Koinon.Primitives.Tests.Transactions;

public sealed class TransactionDecodeTests
{
    private static readonly string[] LegacyFields =
        ["Nonce", "GasPrice", "GasLimit", "To", "Value", "Data", "V", "R", "S"];

    private static readonly string[] BlobFields =
    [
        "ChainId", "Nonce", "MaxPriorityFeePerGas", "MaxFeePerGas", "GasLimit", "To", "Value", "Data", "AccessList",
        "MaxFeePerBlobGas", "BlobVersionedHashes", "V", "R", "S",
    ];

    [Theory]
    [InlineData("", Empty)]
    [InlineData("00c0", TypeUnknown)]
    [InlineData("05c0", TypeUnknown)]
    [InlineData("7f", TypeUnknown)]
    [InlineData("80", NotATransaction)]
    [InlineData("b8", NotATransaction)]
    [InlineData("02", Malformed)]
    [InlineData("0280", ListExpected)]
    [InlineData("f8", Malformed)]
    [InlineData("c0", TooFewFields)]
    [InlineData("c000", TrailingBytes)]
    [InlineData("ca80808080808080808080", TooManyFields)]
    public void TryDecode_OfAWrongEnvelope_SaysWhy(string hex, TransactionDecodeReason expected)
    {
        Assert.False(Transaction.TryDecode(Hex.Decode(hex), out Transaction? none, out TransactionDecodeError error));
        Assert.Null(none);
        Assert.Equal(expected, error.Reason);
        Assert.Equal(TransactionField.Envelope, error.Field);
    }

    [Fact]
    public void TryDecode_WithAListInAnyFieldOfALegacyTransaction_NamesTheField() =>
        ForEachField(LegacyFields, Legacy, "c0", StringExpected);

    [Fact]
    public void TryDecode_WithAWrappedByteInAnyFieldOfALegacyTransaction_NamesTheField() =>
        ForEachField(LegacyFields, Legacy, "8101", Malformed);

    [Fact]
    public void TryDecode_WithLeadingZerosInAnyNumberOfABlobTransaction_NamesTheField() =>
        ForEachField(BlobFields, Blob, "820001", LeadingZeros, "To", "Data", "AccessList", "BlobVersionedHashes");

    [Fact]
    public void TryDecode_WithThirtyThreeBytesInAnyNumberOfABlobTransaction_NamesTheField() =>
        ForEachField(
            BlobFields, Blob, "a1" + new string('1', 66), Overflow, "To", "Data", "AccessList", "BlobVersionedHashes");

    [Theory]
    [InlineData("AccessList", "80", ListExpected, TransactionField.AccessList)]
    [InlineData("AccessList", "c180", ListExpected, TransactionField.AccessList)]
    [InlineData("AccessList", "c1c0", TooFewFields, TransactionField.AccessList)]
    [InlineData("AccessList", "c4c3808080", TooManyFields, TransactionField.AccessList)]
    [InlineData("AccessList", "c3c280c0", TooShort, TransactionField.AccessListAddress)]
    [InlineData(
        "AccessList", "d7d69400000000000000000000000000000000000000" + "0080",
        ListExpected, TransactionField.AccessListSlots)]
    [InlineData(
        "AccessList", "d8d79400000000000000000000000000000000000000" + "00c180",
        TooShort, TransactionField.AccessListSlots)]
    [InlineData("To", "93" + "00000000000000000000000000000000000000", TooShort, TransactionField.To)]
    [InlineData("To", "95" + "000000000000000000000000000000000000000000", TooLong, TransactionField.To)]
    [InlineData("To", "80", CreationNotAllowed, TransactionField.To)]
    [InlineData("BlobVersionedHashes", "80", ListExpected, TransactionField.BlobVersionedHashes)]
    [InlineData("BlobVersionedHashes", "c180", TooShort, TransactionField.BlobVersionedHashes)]
    [InlineData("BlobVersionedHashes", "c1c0", StringExpected, TransactionField.BlobVersionedHashes)]
    [InlineData("BlobVersionedHashes", "c181", Malformed, TransactionField.BlobVersionedHashes)]
    public void TryDecode_OfABlobTransactionWithAWrongPart_SaysWhatAndWhere(
        string name, string hex, TransactionDecodeReason expected, TransactionField field)
    {
        NaiveRlp fields = Blob();
        fields.Items![Array.IndexOf(BlobFields, name)] = NaiveRlp.Raw(Hex.Decode(hex));

        AssertRefused([3, .. fields.Encode()], expected, field);
    }

    [Theory]
    [InlineData(0, "a1" + "010000000000000000000000000000000000000000000000000000000000000000", Overflow, TransactionField.AuthorizationChainId)]
    [InlineData(1, "80", TooShort, TransactionField.AuthorizationAddress)]
    [InlineData(2, "89010000000000000000", Overflow, TransactionField.AuthorizationNonce)]
    [InlineData(2, "c0", StringExpected, TransactionField.AuthorizationNonce)]
    [InlineData(3, "820100", Overflow, TransactionField.AuthorizationYParity)]
    [InlineData(4, "00", LeadingZeros, TransactionField.AuthorizationR)]
    [InlineData(5, "8100", Malformed, TransactionField.AuthorizationS)]
    [InlineData(6, "80", TooManyFields, TransactionField.AuthorizationList)]
    public void TryDecode_OfAWrongAuthorization_SaysWhatAndWhere(
        int place, string hex, TransactionDecodeReason expected, TransactionField field)
    {
        AuthorizationSpec spec = new(new(1, 0), new(2, 0), 3, 1, new(4, 0), new(5, 0));
        NaiveRlp authorization = spec.Rlp;
        if (place == authorization.Items!.Count)
        {
            authorization.Items.Add(NaiveRlp.String());
        }

        authorization.Items[place] = NaiveRlp.Raw(Hex.Decode(hex));
        NaiveRlp fields = Blob();
        fields.Items![9] = NaiveRlp.List(authorization);
        fields.Items.RemoveAt(10);

        AssertRefused([4, .. fields.Encode()], expected, field);
    }

    [Fact]
    public void TryDecode_OfNetworkForm_RefusesTheSidecar() =>
        AssertRefused(Network(0, 1), SidecarNotAllowed, TransactionField.Wrapper);

    [Fact]
    public void TryDecodeNetworkForm_OfBlockForm_MissesTheSidecar()
    {
        byte[] bytes = [3, .. Blob().Encode()];

        Assert.True(Transaction.TryDecode(bytes, out _, out _));
        Assert.False(Transaction.TryDecodeNetworkForm(bytes, out _, out TransactionDecodeError error));
        Assert.Equal(new TransactionDecodeError(SidecarMissing, TransactionField.Wrapper), error);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void TryDecodeNetworkForm_OfABlobTransaction_GivesBodyAndSidecar(byte version)
    {
        byte[] bytes = Network(version, 1);

        Assert.True(
            Transaction.TryDecodeNetworkForm(bytes, out Transaction? transaction, out TransactionDecodeError error),
            error.ToString());
        Assert.Equal(version, transaction.Sidecar!.Version);
        Assert.Equal(BlobSidecar.BlobSize, Assert.Single(transaction.Sidecar.Blobs).Length);
        Assert.All(transaction.Sidecar.Blobs[0].ToArray(), static cell => Assert.Equal(0xb1, cell));
        Assert.All(transaction.Sidecar.Commitments[0].ToArray(), static cell => Assert.Equal(0xc1, cell));
        Assert.Equal(version == 0 ? 1 : 128, transaction.Sidecar.Proofs.Count);
        Assert.Equal(Hash256.Keccak([3, .. Blob().Encode()]), transaction.Hash);

        RlpWriter writer = new([]);
        transaction.EncodeNetworkFormTo(ref writer);
        Assert.True(writer.Written.SequenceEqual(bytes));
        writer.Dispose();

        Transaction bare = transaction.WithoutSidecar();
        Assert.Null(bare.Sidecar);
        Assert.Equal(transaction.Hash, bare.Hash);
    }

    [Fact]
    public void TryDecodeNetworkForm_OfAnyOtherType_IsBlockForm()
    {
        Assert.True(Transaction.TryDecodeNetworkForm(Legacy().Encode(), out Transaction? transaction, out _));
        Assert.Null(transaction.Sidecar);
    }

    [Theory]
    [InlineData(1, "00", LeadingZeros, TransactionField.WrapperVersion)]
    [InlineData(1, "80", SidecarVersionUnknown, TransactionField.WrapperVersion)]
    [InlineData(1, "02", SidecarVersionUnknown, TransactionField.WrapperVersion)]
    [InlineData(1, "820100", Overflow, TransactionField.WrapperVersion)]
    [InlineData(2, "80", ListExpected, TransactionField.Blobs)]
    [InlineData(2, "c180", TooShort, TransactionField.Blobs)]
    [InlineData(2, "c0", SidecarCountMismatch, TransactionField.Commitments)]
    [InlineData(3, "c1c0", StringExpected, TransactionField.Commitments)]
    [InlineData(3, "c0", SidecarCountMismatch, TransactionField.Commitments)]
    [InlineData(4, "c180", TooShort, TransactionField.Proofs)]
    [InlineData(4, "c0", SidecarCountMismatch, TransactionField.Proofs)]
    [InlineData(5, "80", TooManyFields, TransactionField.Wrapper)]
    public void TryDecodeNetworkForm_WithAWrongPartOfTheSidecar_SaysWhatAndWhere(
        int place, string hex, TransactionDecodeReason expected, TransactionField field)
    {
        NaiveRlp wrapper = NaiveRlp.Decode(Network(1, 1).AsSpan(1))!;
        if (place == wrapper.Items!.Count)
        {
            wrapper.Items.Add(NaiveRlp.String());
        }

        wrapper.Items[place] = NaiveRlp.Raw(Hex.Decode(hex));

        Assert.False(
            Transaction.TryDecodeNetworkForm([3, .. wrapper.Encode()], out _, out TransactionDecodeError error));
        Assert.Equal((expected, field), (error.Reason, error.Field));
    }

    [Fact]
    public void TryDecodeNetworkForm_WithMoreHashesThanBlobs_IsAMismatch()
    {
        Assert.False(Transaction.TryDecodeNetworkForm(Network(0, 2), out _, out TransactionDecodeError error));
        Assert.Equal(
            new TransactionDecodeError(SidecarCountMismatch, TransactionField.BlobVersionedHashes), error);
    }

    [Fact]
    public void TryDecode_OfManyTinyItemsWhereHashesAreDue_MakesNoLargeArray()
    {
        NaiveRlp fields = Blob();
        fields.Items![10] = NaiveRlp.Raw([.. NaiveRlp.Header(1_000_000, 0xc0), .. new byte[1_000_000]]);
        byte[] bytes = [3, .. fields.Encode()];
        Transaction.TryDecode([], out _, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Transaction.TryDecode(bytes, out _, out TransactionDecodeError error);

        Assert.Equal(TooShort, error.Reason);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_100_000);
    }

    // Found by mutation: items that could not be counted were read up to the last field and no further.
    [Fact]
    public void TryDecode_WithSomethingMalformedAfterTheLastField_RefusesIt()
    {
        NaiveRlp fields = Blob();
        fields.Items!.Add(NaiveRlp.Raw(0xb8));

        AssertRefused([3, .. fields.Encode()], TooManyFields, TransactionField.Envelope);
    }

    internal static byte[] Network(byte version, int hashes)
    {
        NaiveRlp body = Blob();
        body.Items![10] = NaiveRlp.List(
            Enumerable.Range(0, hashes).Select(static i => NaiveRlp.String([1, .. new byte[30], (byte)i])));
        List<NaiveRlp> sidecar =
        [
            NaiveRlp.List(NaiveRlp.String([.. Enumerable.Repeat((byte)0xb1, BlobSidecar.BlobSize)])),
            NaiveRlp.List(NaiveRlp.String([.. Enumerable.Repeat((byte)0xc1, 48)])),
            NaiveRlp.List(Enumerable.Repeat(NaiveRlp.String(new byte[48]), version == 0 ? 1 : 128)),
        ];
        List<NaiveRlp> versionByte = version == 0 ? [] : [NaiveRlp.Number((ulong)version)];
        return [3, .. NaiveRlp.List([body, .. versionByte, .. sidecar]).Encode()];
    }

    internal static NaiveRlp Legacy() => NaiveRlp.List(
        Enumerable.Range(0, 3).Select(static _ => NaiveRlp.String(1))
            .Append(NaiveRlp.String(new byte[20]))
            .Concat(Enumerable.Range(0, 5).Select(static _ => NaiveRlp.String(1))));

    internal static NaiveRlp Blob() => NaiveRlp.List(
        Enumerable.Range(0, 5).Select(static _ => NaiveRlp.String(1))
            .Append(NaiveRlp.String(new byte[20]))
            .Append(NaiveRlp.String(1))
            .Append(NaiveRlp.String(1))
            .Append(NaiveRlp.List())
            .Append(NaiveRlp.String(1))
            .Append(NaiveRlp.List(NaiveRlp.String([1, .. new byte[31]])))
            .Concat(Enumerable.Range(0, 3).Select(static _ => NaiveRlp.String(1))));

    private static void ForEachField(
        string[] names, Func<NaiveRlp> make, string hex, TransactionDecodeReason expected, params string[] except)
    {
        for (int i = 0; i < names.Length; i++)
        {
            if (except.Contains(names[i]))
            {
                continue;
            }

            NaiveRlp fields = make();
            fields.Items![i] = NaiveRlp.Raw(Hex.Decode(hex));
            byte[] prefix = names.Length == LegacyFields.Length ? [] : [3];

            AssertRefused([.. prefix, .. fields.Encode()], expected, Enum.Parse<TransactionField>(names[i]));
        }
    }

    private static void AssertRefused(byte[] bytes, TransactionDecodeReason expected, TransactionField field)
    {
        Assert.False(Transaction.TryDecode(bytes, out _, out TransactionDecodeError error));
        Assert.Equal((expected, field), (error.Reason, error.Field));
    }
}
