using Koinon.Crypto;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Rpc.Tests;

/// <summary>An account of the test chain whose secret key is a small number.</summary>
internal sealed class TestSigner
{
    private readonly byte[] _secret = new byte[32];

    public TestSigner(byte secret)
    {
        _secret[^1] = secret;
        byte[] key = new byte[64];
        Assert.True(Secp256k1.TryGetPublicKey(_secret, key));
        Address = new Address(Hash256.AsSpan(Hash256.Keccak(key))[12..]);
    }

    public Address Address { get; }

    /// <summary>A payment of one wei, signed.</summary>
    public Transaction Pay(ulong nonce, ulong gasPrice = 2_000_000_000, ulong tip = 1_000_000_000)
    {
        Transaction unsigned = new()
        {
            Type = TransactionType.DynamicFee,
            ChainId = 1337u,
            Nonce = nonce,
            GasLimit = 21_000,
            MaxFeePerGas = gasPrice,
            MaxPriorityFeePerGas = tip,
            To = Address.FromWord(0xabu),
            Value = UInt256.One,
        };
        byte[] signature = new byte[64];
        Hash256 hash = unsigned.SigningHash;
        Assert.True(Secp256k1.TrySign(_secret, Hash256.AsSpan(in hash), signature, out int recoveryId));
        return unsigned.WithSignature(new TransactionSignature(
            (uint)recoveryId,
            UInt256.FromBigEndian(signature.AsSpan(0, 32)),
            UInt256.FromBigEndian(signature.AsSpan(32))));
    }
}
