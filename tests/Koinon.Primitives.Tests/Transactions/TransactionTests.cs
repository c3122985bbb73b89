using FsCheck;
using FsCheck.Fluent;
using Koinon.Crypto;
using Koinon.Primitives.Transactions;

namespace Koinon.Primitives.Tests.Transactions;

public sealed class TransactionTests
{
    // The order of secp256k1.
    private static readonly UInt256 Order =
        UInt256.Parse("0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");

    [Fact]
    public void Encoding_OfAnyTransaction_IsAsTheDefinitionHasIt() =>
        Prop.ForAll((TransactionSpec spec) => spec.Transaction.Encoded.Span.SequenceEqual(spec.Encoding))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void TryDecode_OfAnyEncoding_GivesItsFieldsBack() =>
        Prop.ForAll((TransactionSpec spec) =>
        {
            Assert.True(
                Transaction.TryDecode(spec.Encoding, out Transaction? decoded, out TransactionDecodeError error),
                error.ToString());
            AssertSame(spec.Transaction, decoded);
            Assert.Equal(Hash256.Keccak(spec.Encoding), decoded.Hash);
            Assert.Equal(spec.Transaction.Hash, decoded.Hash);
            Assert.Equal(spec.Encoding, decoded.Encoded.ToArray());
            Assert.False(error.IsError);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void TryGetSender_OfWhatAKeySigned_IsItsAddress() =>
        Prop.ForAll((TransactionSpec spec, bool replayProtected) =>
        {
            byte[] secret = new byte[32];
            secret[31] = 1;
            Transaction unsigned = spec.Type == TransactionType.Legacy
                ? new Transaction { ChainId = replayProtected ? spec.Nonce : null, Data = spec.Data }
                : spec.Transaction;
            Transaction signed = Sign(unsigned, secret);

            Assert.True(signed.HasLowS);
            Assert.True(signed.TryGetSender(out Address sender));
            Assert.Equal("0x7e5f4552091a69125d5dfcb7b8c2659029395bdf", sender.ToString());
            Assert.True(Transaction.TryDecode(signed.Encoded.Span, out Transaction? decoded, out _));
            Assert.True(decoded.TryGetSender(out Address again));
            Assert.Equal(sender, again);
            Assert.Equal(unsigned.SigningHash, decoded.SigningHash);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Legacy_OfTheExampleInEip155_HasItsHashesAndEncoding()
    {
        Transaction unsigned = new()
        {
            ChainId = 1u,
            Nonce = 9,
            MaxFeePerGas = 20_000_000_000UL,
            MaxPriorityFeePerGas = 20_000_000_000UL,
            GasLimit = 21_000,
            To = Address.Parse("0x3535353535353535353535353535353535353535"),
            Value = 1_000_000_000_000_000_000UL,
        };
        byte[] secret = [.. Enumerable.Repeat((byte)0x46, 32)];

        Transaction signed = Sign(unsigned, secret);

        Assert.Equal(
            "0xdaf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53", unsigned.SigningHash.ToString());
        Assert.Equal(
            "0x" + "f86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a76400008025a028ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276a067cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83",
            Hex.Encode(signed.Encoded.Span));
    }

    [Theory]
    [InlineData(26, false)]
    [InlineData(27, true)]
    [InlineData(28, true)]
    [InlineData(29, false)]
    [InlineData(34, false)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void TryGetSender_OfALegacyTransaction_TakesItsTwoValuesOfV(uint v, bool expected)
    {
        Transaction transaction = new() { Signature = new TransactionSignature(v, 1u, 1u) };

        Assert.Equal(expected, transaction.TryGetSender(out _));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(27, false)]
    public void TryGetSender_OfATypedTransaction_TakesAParityOnly(uint v, bool expected)
    {
        Transaction transaction = new()
        {
            Type = TransactionType.DynamicFee,
            ChainId = 1u,
            Signature = new TransactionSignature(v, 1u, 1u),
        };

        Assert.Equal(expected, transaction.TryGetSender(out _));
    }

    [Fact]
    public void TryGetSender_WithScalarsOutOfRange_FindsNone()
    {
        foreach ((UInt256 r, UInt256 s) in new[] { (UInt256.Zero, UInt256.One), (UInt256.One << 160, UInt256.Zero),
            (Order, UInt256.One), (UInt256.One, Order), (UInt256.MaxValue, UInt256.One) })
        {
            Transaction transaction = new() { Signature = new TransactionSignature(27u, r, s) };
            Assert.False(transaction.TryGetSender(out Address sender));
            Assert.True(sender.IsZero);
        }
    }

    [Fact]
    public void HasLowS_AtHalfTheOrder_IsExact()
    {
        UInt256 half = Order >> 1;

        Assert.True(new TransactionSignature(27u, 1u, half).HasLowS);
        Assert.False(new TransactionSignature(27u, 1u, unchecked(half + UInt256.One)).HasLowS);
    }

    [Fact]
    public void TryGetSender_WithAHighS_StillFindsTheSigner()
    {
        byte[] secret = new byte[32];
        secret[31] = 7;
        Transaction signed = Sign(new Transaction { Nonce = 3 }, secret);
        TransactionSignature low = signed.Signature!.Value;
        TransactionSignature high = new(unchecked((UInt256)55u - low.V), low.R, unchecked(Order - low.S));

        Transaction mirrored = signed.WithSignature(high);

        Assert.False(mirrored.HasLowS);
        Assert.True(mirrored.TryGetSender(out Address sender) & signed.TryGetSender(out Address expected));
        Assert.Equal(expected, sender);
    }

    [Theory]
    [InlineData(TransactionType.Legacy, null)]
    [InlineData(TransactionType.Legacy, 31337ul)]
    [InlineData(TransactionType.DynamicFee, 31337ul)]
    public void TryGetSender_OfAnUnsignedTransaction_SurvivesItsEncoding(TransactionType type, ulong? chainId)
    {
        Address someone = Address.FromWord(5u);
        Transaction plain = new() { Type = type, ChainId = chainId is { } id ? id : null };
        Transaction unsigned = plain.WithUnsignedSender(someone);

        Assert.False(plain.TryGetSender(out _));
        Assert.True(Transaction.TryDecode(unsigned.Encoded.Span, out Transaction? decoded, out _));
        Assert.True(decoded.IsUnsigned);
        Assert.True(decoded.TryGetSender(out Address sender));
        Assert.Equal(someone, sender);
        Assert.Equal(chainId is { } number ? number : (UInt256?)null, decoded.ChainId);
        Assert.NotEqual(unsigned.Hash, plain.WithUnsignedSender(Address.FromWord(6u)).Hash);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(27, 0)]
    [InlineData(28, 1)]
    [InlineData(37, 0)]
    [InlineData(38, 1)]
    public void YParity_OfAnyKindOfV_IsTheParity(uint v, byte expected) =>
        Assert.Equal(expected, new TransactionSignature(v, 1u, 1u).YParity);

    [Fact]
    public void Hash_AskedByManyThreads_IsOne()
    {
        for (int round = 0; round < 50; round++)
        {
            byte[] secret = [.. Enumerable.Repeat((byte)1, 32)];
            Transaction transaction = Sign(new Transaction { Nonce = (ulong)round }, secret);
            Address[] senders = new Address[4];
            Hash256[] hashes = new Hash256[4];
            Parallel.For(0, 4, i =>
            {
                transaction.TryGetSender(out senders[i]);
                hashes[i] = transaction.Hash;
            });

            Assert.Single(senders.Distinct());
            Assert.Single(hashes.Distinct());
        }
    }

    [Fact]
    public void TryDecode_OfAPlainTransfer_AllocatesItAndItsBytesAlone()
    {
        byte[] bytes = Sign(new Transaction { To = Address.Zero, ChainId = 1u }, [.. Enumerable.Repeat((byte)1, 32)])
            .Encoded.ToArray();
        Transaction.TryDecode(bytes, out _, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Transaction.TryDecode(bytes, out Transaction? transaction, out _);
        long decoding = GC.GetAllocatedBytesForCurrentThread() - before;
        _ = transaction!.Hash;
        transaction.TryGetSender(out _);
        long inAll = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(decoding, 1, 640 + bytes.Length);
        Assert.Equal(decoding, inAll);
    }

    internal static Transaction Sign(Transaction transaction, byte[] secret)
    {
        byte[] signature = new byte[64];
        Hash256 hash = transaction.SigningHash;
        Assert.True(Secp256k1.TrySign(secret, Hash256.AsSpan(in hash), signature, out int recoveryId));
        UInt256 r = UInt256.FromBigEndian(signature.AsSpan(0, 32));
        UInt256 s = UInt256.FromBigEndian(signature.AsSpan(32));
        return transaction.WithSignature(transaction.Type == TransactionType.Legacy
            ? TransactionSignature.ForLegacy(transaction.ChainId, (byte)recoveryId, r, s)
            : new TransactionSignature((uint)recoveryId, r, s));
    }

    internal static void AssertSame(Transaction expected, Transaction actual)
    {
        Assert.Equal(expected.Type, actual.Type);
        Assert.Equal(expected.ChainId, actual.ChainId);
        Assert.Equal(expected.Nonce, actual.Nonce);
        Assert.Equal(expected.GasLimit, actual.GasLimit);
        Assert.Equal(expected.MaxFeePerGas, actual.MaxFeePerGas);
        Assert.Equal(expected.MaxPriorityFeePerGas, actual.MaxPriorityFeePerGas);
        Assert.Equal(expected.To, actual.To);
        Assert.Equal(expected.Value, actual.Value);
        Assert.Equal(expected.Data.ToArray(), actual.Data.ToArray());
        Assert.Equal(expected.MaxFeePerBlobGas, actual.MaxFeePerBlobGas);
        Assert.Equal(expected.BlobVersionedHashes, actual.BlobVersionedHashes);
        Assert.Equal(expected.Signature, actual.Signature);
        Assert.Equal(
            expected.AccessList.Select(static entry => (entry.Address, string.Join(',', entry.Slots))),
            actual.AccessList.Select(static entry => (entry.Address, string.Join(',', entry.Slots))));
        Assert.Equal(
            expected.AuthorizationList.Select(Describe), actual.AuthorizationList.Select(Describe));
        Assert.Equal(expected.Sidecar?.Version, actual.Sidecar?.Version);
    }

    private static (UInt256, Address, ulong, byte, UInt256, UInt256) Describe(Authorization authorization) =>
        (authorization.ChainId, authorization.Address, authorization.Nonce, authorization.YParity, authorization.R,
            authorization.S);
}
