using Koinon.Crypto;
using Koinon.Primitives.Transactions;

namespace Koinon.Primitives.Tests.Transactions;

public sealed class AuthorizationTests
{
    private static readonly UInt256 Order =
        UInt256.Parse("0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");

    [Fact]
    public void TryRecoverAuthority_OfWhatAKeySigned_IsItsAddress()
    {
        Authorization signed = Sign(new Authorization { ChainId = 1u, Address = Address.FromWord(9u), Nonce = 5 });

        Assert.True(signed.TryRecoverAuthority(out Address authority));
        Assert.Equal("0x7e5f4552091a69125d5dfcb7b8c2659029395bdf", authority.ToString());
        Assert.True(signed.TryRecoverAuthority(out Address again));
        Assert.Equal(authority, again);
    }

    [Fact]
    public void SigningHash_OfAnyAuthorization_BeginsWithItsMagic()
    {
        Authorization authorization = new() { ChainId = 1u, Address = Address.FromWord(9u), Nonce = 5 };
        byte[] signed = Hex.Decode("0x05d7019400000000000000000000000000000000000000" + "0905");

        Assert.Equal(Hash256.Keccak(signed), authorization.SigningHash);
    }

    [Fact]
    public void TryRecoverAuthority_WithAnythingOutOfRange_FindsNone()
    {
        Authorization good = Sign(new Authorization { Address = Address.FromWord(9u) });

        Assert.False(With(good, (byte)(good.YParity + 2), good.R, good.S).TryRecoverAuthority(out _));
        Assert.False(With(good, 27, good.R, good.S).TryRecoverAuthority(out _));
        Assert.False(With(good, good.YParity, UInt256.Zero, good.S).TryRecoverAuthority(out _));
        Assert.False(With(good, good.YParity, Order, good.S).TryRecoverAuthority(out _));
        Assert.False(With(good, good.YParity, good.R, UInt256.Zero).TryRecoverAuthority(out _));
        Assert.False(With(good, good.YParity, good.R, UInt256.MaxValue).TryRecoverAuthority(out _));
    }

    [Fact]
    public void TryRecoverAuthority_WithAHighS_FindsNone()
    {
        Authorization good = Sign(new Authorization { Address = Address.FromWord(9u) });

        Authorization mirrored = With(good, (byte)(1 - good.YParity), good.R, unchecked(Order - good.S));

        Assert.False(mirrored.TryRecoverAuthority(out _));
    }

    internal static Authorization Sign(Authorization authorization)
    {
        byte[] secret = new byte[32];
        secret[31] = 1;
        byte[] signature = new byte[64];
        Hash256 hash = authorization.SigningHash;
        Assert.True(Secp256k1.TrySign(secret, Hash256.AsSpan(in hash), signature, out int recoveryId));
        return With(
            authorization,
            (byte)recoveryId,
            UInt256.FromBigEndian(signature.AsSpan(0, 32)),
            UInt256.FromBigEndian(signature.AsSpan(32)));
    }

    private static Authorization With(Authorization authorization, byte yParity, UInt256 r, UInt256 s) => new()
    {
        ChainId = authorization.ChainId,
        Address = authorization.Address,
        Nonce = authorization.Nonce,
        YParity = yParity,
        R = r,
        S = s,
    };
}
