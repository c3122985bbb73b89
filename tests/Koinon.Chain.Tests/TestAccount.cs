using Koinon.Crypto;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Tests;

/// <summary>An account whose secret key is a small number.</summary>
internal sealed class TestAccount
{
    private readonly byte[] _secret = new byte[32];

    public TestAccount(byte secret)
    {
        _secret[^1] = secret;
        byte[] key = new byte[64];
        Assert.True(Secp256k1.TryGetPublicKey(_secret, key));
        byte[] digest = new byte[32];
        Keccak256.Hash(key, digest);
        Address = new Address(digest.AsSpan(12));
    }

    public Address Address { get; }

    public Transaction Sign(Transaction unsigned)
    {
        byte[] signature = new byte[64];
        Hash256 hash = unsigned.SigningHash;
        Assert.True(Secp256k1.TrySign(_secret, Hash256.AsSpan(in hash), signature, out int recoveryId));
        UInt256 r = UInt256.FromBigEndian(signature.AsSpan(0, 32));
        UInt256 s = UInt256.FromBigEndian(signature.AsSpan(32));
        return unsigned.WithSignature(
            unsigned.Type == TransactionType.Legacy
                ? TransactionSignature.ForLegacy(unsigned.ChainId, (byte)recoveryId, r, s)
                : new TransactionSignature((uint)recoveryId, r, s));
    }

    /// <summary>A payment of one wei.</summary>
    public Transaction Pay(
        Address to, ulong nonce, ulong gasPrice = 10_000_000_000, byte[]? data = null, ulong gas = 21_000) =>
        Sign(new Transaction
        {
            Type = TransactionType.Legacy,
            ChainId = TestChain.ChainId,
            Nonce = nonce,
            GasLimit = gas,
            MaxFeePerGas = gasPrice,
            MaxPriorityFeePerGas = gasPrice,
            To = to,
            Value = 1,
            Data = data ?? [],
        });

    /// <summary>A delegation of this account (EIP-7702).</summary>
    public Authorization Authorize(Address to, ulong nonce)
    {
        Authorization unsigned = new() { ChainId = TestChain.ChainId, Address = to, Nonce = nonce };
        byte[] signature = new byte[64];
        Hash256 hash = unsigned.SigningHash;
        Assert.True(Secp256k1.TrySign(_secret, Hash256.AsSpan(in hash), signature, out int recoveryId));
        return new Authorization
        {
            ChainId = unsigned.ChainId,
            Address = to,
            Nonce = nonce,
            YParity = (byte)recoveryId,
            R = UInt256.FromBigEndian(signature.AsSpan(0, 32)),
            S = UInt256.FromBigEndian(signature.AsSpan(32)),
        };
    }
}
