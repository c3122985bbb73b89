using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Koinon.Crypto.Tests.Ecdsa;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using BouncyInteger = Org.BouncyCastle.Math.BigInteger;

namespace Koinon.Crypto.Tests;

public sealed class Secp256k1Tests
{
    private static readonly BigInteger Order = Curves.K1Order;

    private static readonly BigInteger Prime = Curves.K1Prime;

    [Theory]
    [InlineData(
        "0000000000000000000000000000000000000000000000000000000000000001",
        "Satoshi Nakamoto",
        "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8",
        "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5")]
    [InlineData(
        "0000000000000000000000000000000000000000000000000000000000000001",
        "All those moments will be lost in time, like tears in rain. Time to die...",
        "8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438cb6b",
        "547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72cfc21")]
    [InlineData(
        "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140",
        "Satoshi Nakamoto",
        "fd567d121db66e382991534ada77a6bd3106f0a1098c231e47993447cd6af2d0",
        "6b39cd0eb1bc8603e159ef5c20a5c8ad685a45b06ce9bebed3f153d10d93bed5")]
    [InlineData(
        "f8b8af8ce3c7cca5e300d33939540c10d45ce001b8f252bfbc57ba0342904181",
        "Alan Turing",
        "7063ae83e7f62bbb171798131b4a0564b956930092b33b07b395615d9ec7e15c",
        "58dfcc1e00a35e1572f366ffe34ba0fc47db1e7189759b9fb233c5b05ab388ea")]
    [InlineData(
        "e91671c46231f833a6406ccbea0e3e392c76c167bac1cb013f6f1013980455c2",
        "There is a computer disease that anybody who works with computers knows about. It's a very serious disease and"
            + " it interferes completely with the work. The trouble with computers is that you 'play' with them!",
        "b552edd27580141f3b2a5463048cb7cd3e047b97c9f98076c32dbdf85a68718b",
        "279fa72dd19bfae05577e06c7c0c1900c371fcd5893f7e1d56a37d30174671f6")]
    public void TrySign_OfPublishedNonceVectors_GivesTheirSignatures(string secret, string text, string r, string s)
    {
        byte[] signature = new byte[64];

        Assert.True(Secp256k1.TrySign(
            Convert.FromHexString(secret), SHA256.HashData(Encoding.ASCII.GetBytes(text)), signature, out _));

        Assert.Equal(r + s, Convert.ToHexStringLower(signature));
    }

    [Fact]
    public void TryRecover_OfAMainnetLikeVector_GivesItsKey()
    {
        // The example of the Ethereum precompile tests ("CallEcrecover0").
        byte[] key = new byte[64];
        byte[] digest = new byte[32];

        Assert.True(Secp256k1.TryRecover(
            Convert.FromHexString("18c547e4f7b0f325ad1e56f57e26c745b09a3e503d86e00e5255ff7f715d3d1c"),
            Convert.FromHexString("73b1693892219d736caba55bdb67216e485557ea6b6af75f37096c9aa6a5a75f"),
            Convert.FromHexString("eeb940b1d03b21e36b0e47e79769f095fe2ab855bd91e3a38756b7d75a9c4549"),
            1,
            key));

        Keccak256.Hash(key, digest);
        Assert.Equal("a94f5374fce5edbc8e2a8697c15331677e6ebf0b", Convert.ToHexStringLower(digest.AsSpan(12)));
    }

    [Fact]
    public void TryGetPublicKey_OfSmallAndLargeSecrets_EqualsTheOracle()
    {
        foreach (BigInteger secret in Curves.Edges())
        {
            if (secret.IsZero || secret >= Order)
            {
                Assert.False(Secp256k1.TryGetPublicKey(Curves.Bytes(secret), new byte[64]));
                continue;
            }

            byte[] key = new byte[64];
            Assert.True(Secp256k1.TryGetPublicKey(Curves.Bytes(secret), key));
            Assert.Equal(Curves.Encode(Curves.K1.G.Multiply(Curves.Bouncy(secret))), key);
        }
    }

    [Fact]
    public void Sign_ThenVerifyAndRecover_AgreesWithTheOracle()
    {
        Prop.ForAll<byte[]>(seed =>
        {
            byte[] secret = SHA256.HashData([1, .. seed]);
            byte[] hash = SHA256.HashData([2, .. seed]);
            byte[] signature = new byte[64];
            byte[] key = new byte[64];
            byte[] recovered = new byte[64];
            Assert.True(Secp256k1.TryGetPublicKey(secret, key));
            Assert.True(Secp256k1.TrySign(secret, hash, signature, out int recoveryId));
            Assert.True(Secp256k1.Verify(hash, signature, key));
            Assert.True(
                Secp256k1.TryRecover(hash, signature.AsSpan(0, 32), signature.AsSpan(32), recoveryId, recovered));
            Assert.Equal(key, recovered);

            ECDsaSigner signer = new(new HMacDsaKCalculator(new Org.BouncyCastle.Crypto.Digests.Sha256Digest()));
            signer.Init(true, new ECPrivateKeyParameters(new BouncyInteger(1, secret), Curves.K1Domain));
            BouncyInteger[] expected = signer.GenerateSignature(hash);
            BouncyInteger low = expected[1].Min(Curves.K1.N.Subtract(expected[1]));
            Assert.Equal(expected[0], new BouncyInteger(1, signature, 0, 32));
            Assert.Equal(low, new BouncyInteger(1, signature, 32, 32));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void TrySign_OfEdgeHashes_GivesLowSignaturesThatTheRuntimeAccepts()
    {
        ECCurve curve = ECCurve.CreateFromFriendlyName("secp256k1");
        for (int i = 0; i < 130; i++)
        {
            byte[] hash = Curves.Bytes(Curves.Pick(1, i));
            BigInteger secret = Curves.Pick(2, i * 7 % 200) % Order;
            byte[] signature = new byte[64];
            byte[] key = new byte[64];
            Assert.Equal(!secret.IsZero, Secp256k1.TrySign(Curves.Bytes(secret), hash, signature, out int recoveryId));
            if (secret.IsZero)
            {
                continue;
            }

            Assert.True(Secp256k1.TryGetPublicKey(Curves.Bytes(secret), key));
            Assert.True(Curves.Integer(signature.AsSpan(32)) <= Order >> 1);
            Assert.InRange(recoveryId, 0, 3);
            using ECDsa oracle = ECDsa.Create(new ECParameters
            {
                Curve = curve,
                Q = new System.Security.Cryptography.ECPoint { X = key[..32], Y = key[32..] },
            });
            Assert.True(oracle.VerifyHash(hash, signature));
            Assert.True(Secp256k1.Verify(hash, signature, key));
            hash[31] ^= 1;
            Assert.False(Secp256k1.Verify(hash, signature, key));
        }
    }

    [Fact]
    public void TrySign_OfSecretsOutOfRangeOrWrongLengths_Refuses()
    {
        byte[] signature = new byte[64];
        byte[] hash = new byte[32];
        foreach (BigInteger bad in new[] { 0, Order, Order + 1, Curves.TwoTo256 - 1 })
        {
            Assert.False(Secp256k1.TrySign(Curves.Bytes(bad), hash, signature, out _));
            Assert.False(Secp256k1.TryGetPublicKey(Curves.Bytes(bad), signature));
        }

        Assert.False(Secp256k1.TrySign(Curves.Bytes(1).AsSpan(1), hash, signature, out _));
        Assert.False(Secp256k1.TrySign(Curves.Bytes(1), hash.AsSpan(1), signature, out _));
        Assert.False(Secp256k1.TryGetPublicKey(Curves.Bytes(1).AsSpan(1), signature));
        Assert.Equal(new byte[64], signature);
    }

    [Fact]
    public void TryRecover_OfEdgeInputs_EqualsTheOracle()
    {
        for (int i = 0; i < 160; i++)
        {
            BigInteger hash = Curves.Pick(1, i);
            BigInteger r = Curves.Pick(2, i * 13 % 170);
            BigInteger s = Curves.Pick(3, i * 29 % 170);
            for (int id = -1; id <= 4; id++)
            {
                byte[] key = new byte[64];
                byte[]? expected = Recover(hash, r, s, id);
                bool found = Secp256k1.TryRecover(Curves.Bytes(hash), Curves.Bytes(r), Curves.Bytes(s), id, key);
                Assert.Equal(expected is not null, found);
                Assert.Equal(expected ?? new byte[64], key);
            }
        }
    }

    [Fact]
    public void TryRecover_WithNoncePointAboveTheOrder_NeedsTheUpperRecoveryIds()
    {
        // The smallest x from n on that is on the curve: as r it is x - n.
        BigInteger x = Order;
        while (!IsOnCurve(x) || x == Order)
        {
            x++;
        }

        BigInteger r = x - Order;
        for (int id = 0; id <= 3; id++)
        {
            byte[] key = new byte[64];
            byte[]? expected = Recover(77, r, 5, id);
            Assert.Equal(
                expected is not null,
                Secp256k1.TryRecover(Curves.Bytes(77), Curves.Bytes(r), Curves.Bytes(5), id, key));
            Assert.Equal(expected ?? new byte[64], key);
            Assert.True(id < 2 || expected is not null);
            if (id >= 2)
            {
                byte[] signature = [.. Curves.Bytes(r), .. Curves.Bytes(5)];
                Assert.True(Secp256k1.Verify(Curves.Bytes(77), signature, key));
                Assert.False(Secp256k1.Verify(Curves.Bytes(78), signature, key));
            }
        }

        // From p - n on, r + n is no field element.
        foreach (BigInteger high in new[] { Prime - Order, Prime - Order + 1, Order - 1 })
        {
            Assert.False(Secp256k1.TryRecover(
                Curves.Bytes(77), Curves.Bytes(high), Curves.Bytes(5), 2, new byte[64]));
        }
    }

    [Fact]
    public void TryRecover_OfAHighS_GivesTheKeyToo()
    {
        byte[] signature = new byte[64];
        byte[] key = new byte[64];
        byte[] recovered = new byte[64];
        byte[] hash = Curves.Bytes(Curves.FromSeed(1, [5]));
        byte[] secret = Curves.Bytes(Curves.FromSeed(2, [5]));
        Assert.True(Secp256k1.TryGetPublicKey(secret, key));
        Assert.True(Secp256k1.TrySign(secret, hash, signature, out int id));
        byte[] high = Curves.Bytes(Order - Curves.Integer(signature.AsSpan(32)));

        Assert.True(Secp256k1.TryRecover(hash, signature.AsSpan(0, 32), high, id ^ 1, recovered));

        Assert.Equal(key, recovered);
        high.CopyTo(signature, 32);
        Assert.True(Secp256k1.Verify(hash, signature, key));
    }

    [Fact]
    public void TryRecover_WhoseKeyIsInfinity_Refuses()
    {
        // R = kG and hash = s·k make s·R - hash·G infinity.
        foreach (BigInteger k in new[] { 1, 2, 3, Order - 1, Curves.FromSeed(4, [1]) % Order })
        {
            byte[] point = Curves.Encode(Curves.K1.G.Multiply(Curves.Bouncy(k)));
            BigInteger hash = 9 * k % Order;
            Assert.False(Secp256k1.TryRecover(
                Curves.Bytes(hash), point.AsSpan(0, 32), Curves.Bytes(9), point[63] & 1, new byte[64]));
        }
    }

    [Fact]
    public void TryRecover_OfWrongLengths_Refuses()
    {
        byte[] one = Curves.Bytes(1);
        byte[] key = new byte[64];
        Assert.True(Secp256k1.TryRecover(one, one, one, 0, key));
        Assert.False(Secp256k1.TryRecover(one.AsSpan(1), one, one, 0, key));
        Assert.False(Secp256k1.TryRecover(one, one.AsSpan(1), one, 0, key));
        Assert.False(Secp256k1.TryRecover(one, one, [], 0, key));
        Assert.False(Secp256k1.TryRecover(one, one, one, int.MinValue, key));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(600)]
    public void RecoverMany_OfGoodAndBadSignatures_EqualsOneByOne(int count)
    {
        byte[] hashes = new byte[32 * count];
        byte[] signatures = new byte[64 * count];
        byte[] ids = new byte[count];
        for (int i = 0; i < count; i++)
        {
            // Every fifth entry is anything, edges first; the others are signatures.
            byte[] hash = Curves.Bytes(Curves.Pick(1, i));
            byte[] signature = [.. Curves.Bytes(Curves.Pick(2, i / 5)), .. Curves.Bytes(Curves.Pick(3, i / 7))];
            int id = i % 6;
            if (i % 5 != 0)
            {
                byte[] secret = Curves.Bytes(Curves.FromSeed(4, BitConverter.GetBytes(i)));
                Assert.True(Secp256k1.TrySign(secret, hash, signature, out id));
            }

            hash.CopyTo(hashes, 32 * i);
            signature.CopyTo(signatures, 64 * i);
            ids[i] = (byte)id;
        }

        byte[] keys = new byte[64 * count];
        bool[] recovered = new bool[count];
        int total = Secp256k1.RecoverMany(hashes, signatures, ids, keys, recovered);

        Assert.Equal(recovered.Count(found => found), total);
        for (int i = 0; i < count; i++)
        {
            byte[] expected = new byte[64];
            Assert.Equal(
                Secp256k1.TryRecover(
                    hashes.AsSpan(32 * i, 32),
                    signatures.AsSpan(64 * i, 32),
                    signatures.AsSpan((64 * i) + 32, 32),
                    ids[i],
                    expected),
                recovered[i]);
            Assert.Equal(expected, keys[(64 * i)..(64 * (i + 1))]);
        }
    }

    [Fact]
    public void RecoverMany_OfShortSpans_IsTheCallersFault()
    {
        byte[] room = new byte[127];
        Assert.Throws<ArgumentException>(() => Secp256k1.RecoverMany(room, room, [0, 0], new byte[128], new bool[2]));
        Assert.Throws<ArgumentException>(() => Secp256k1.RecoverMany(
            new byte[64], new byte[128], [0, 0], new byte[128], new bool[1]));
    }

    [Fact]
    public void Verify_OfRangeErrorsAndForeignKeys_Refuses()
    {
        byte[] hash = Curves.Bytes(Curves.FromSeed(1, [6]));
        byte[] secret = Curves.Bytes(Curves.FromSeed(2, [6]));
        byte[] key = new byte[64];
        byte[] signature = new byte[64];
        Assert.True(Secp256k1.TryGetPublicKey(secret, key));
        Assert.True(Secp256k1.TrySign(secret, hash, signature, out _));
        foreach (BigInteger bad in new[] { 0, Order, Order + 1, Curves.TwoTo256 - 1 })
        {
            Assert.False(Secp256k1.Verify(hash, [.. Curves.Bytes(bad), .. signature.AsSpan(32)], key));
            Assert.False(Secp256k1.Verify(hash, [.. signature.AsSpan(0, 32), .. Curves.Bytes(bad)], key));
        }

        for (int i = 0; i < 64; i++)
        {
            byte[] changed = [.. key];
            changed[i] ^= 0x10;
            Assert.False(Secp256k1.Verify(hash, signature, changed));
            changed = [.. signature];
            changed[i] ^= 0x10;
            Assert.False(Secp256k1.Verify(hash, changed, key));
        }

        Assert.False(Secp256k1.Verify(hash, signature, new byte[64]));
        Assert.False(Secp256k1.Verify(hash.AsSpan(1), signature, key));
        Assert.False(Secp256k1.Verify(hash, signature.AsSpan(1), key));
        Assert.False(Secp256k1.Verify(hash, signature, key.AsSpan(1)));
    }

    [Fact]
    public void Verify_WhoseSumIsInfinity_Refuses()
    {
        // hash = -r·secret makes u1·G + u2·Q infinity.
        BigInteger r = Curves.FromSeed(3, [1]) % Order;
        BigInteger hash = Order - (r * 12345 % Order);
        byte[] key = Curves.Encode(Curves.K1.G.Multiply(Curves.Bouncy(12345)));
        Assert.False(Secp256k1.Verify(Curves.Bytes(hash), [.. Curves.Bytes(r), .. Curves.Bytes(77)], key));
    }

    [Fact]
    public void TryAddSecrets_OfEdges_AddsModuloTheOrderOrRefuses()
    {
        BigInteger[] edges = [.. Curves.Edges()];
        foreach (BigInteger a in edges)
        {
            foreach (BigInteger b in new[] { 0, 1, Order - 1, Order, (Order - a % Order) % Order, edges[^1] })
            {
                bool isKey = !a.IsZero && a < Order && b < Order && !((a + b) % Order).IsZero;
                byte[] sum = new byte[32];
                Assert.Equal(isKey, Secp256k1.TryAddSecrets(Curves.Bytes(a), Curves.Bytes(b), sum));
                Assert.Equal(isKey ? (a + b) % Order : 0, Curves.Integer(sum));
            }
        }

        Assert.False(Secp256k1.TryAddSecrets(Curves.Bytes(1), Curves.Bytes(1).AsSpan(1), new byte[32]));
    }

    [Fact]
    public void TryEcdh_OfTwoSides_AgreesWithTheOracle()
    {
        for (int i = 0; i < 60; i++)
        {
            BigInteger a = (Curves.Pick(1, i) % (Order - 1)) + 1;
            BigInteger b = (Curves.Pick(2, 59 - i) % (Order - 1)) + 1;
            byte[] keyA = new byte[64];
            byte[] keyB = new byte[64];
            byte[] left = new byte[32];
            byte[] right = new byte[32];
            Assert.True(Secp256k1.TryGetPublicKey(Curves.Bytes(a), keyA));
            Assert.True(Secp256k1.TryGetPublicKey(Curves.Bytes(b), keyB));
            Assert.True(Secp256k1.TryEcdh(Curves.Bytes(a), keyB, left));
            Assert.True(Secp256k1.TryEcdh(Curves.Bytes(b), keyA, right));
            Assert.Equal(left, right);
            Assert.Equal(Curves.Encode(Curves.K1.G.Multiply(Curves.Bouncy(a * b % Order)))[..32], left);
        }
    }

    [Fact]
    public void TryEcdh_OfInvalidInput_Refuses()
    {
        byte[] key = Curves.Encode(Curves.K1.G);
        byte[] shared = new byte[32];
        Assert.False(Secp256k1.TryEcdh(Curves.Bytes(0), key, shared));
        Assert.False(Secp256k1.TryEcdh(Curves.Bytes(Order), key, shared));
        Assert.False(Secp256k1.TryEcdh(Curves.Bytes(1).AsSpan(1), key, shared));
        Assert.False(Secp256k1.TryEcdh(Curves.Bytes(1), key.AsSpan(1), shared));
        Assert.False(Secp256k1.TryEcdh(Curves.Bytes(1), new byte[64], shared));
        key[40] ^= 1;
        Assert.False(Secp256k1.TryEcdh(Curves.Bytes(1), key, shared));

        // (x + p, y) of a point with a small x: the same residues, not canonical.
        byte[] small = Curves.Encode(Curves.K1.Curve.DecodePoint([2, .. Curves.Bytes(1)]));
        Assert.True(Secp256k1.TryEcdh(Curves.Bytes(1), small, shared));
        Curves.Bytes(Prime + 1).CopyTo(small, 0);
        Assert.False(Secp256k1.TryEcdh(Curves.Bytes(1), small, shared));
        Assert.Equal(Curves.Bytes(1), shared);
    }

    /// <summary>Recovery as SEC 1 writes it down, over the oracle's points.</summary>
    private static byte[]? Recover(BigInteger hash, BigInteger r, BigInteger s, int id)
    {
        BigInteger x = r + (id >= 2 ? Order : 0);
        if (r.IsZero || r >= Order || s.IsZero || s >= Order || id is < 0 or > 3 || x >= Prime || !IsOnCurve(x))
        {
            return null;
        }

        var point = Curves.K1.Curve.DecodePoint([(byte)(2 + (id & 1)), .. Curves.Bytes(x)]);
        var key = point.Multiply(Curves.Bouncy(s))
            .Subtract(Curves.K1.G.Multiply(Curves.Bouncy(hash % Order)))
            .Multiply(Curves.Bouncy(BigInteger.ModPow(r, Order - 2, Order)));
        return key.IsInfinity ? null : Curves.Encode(key);
    }

    private static bool IsOnCurve(BigInteger x)
    {
        BigInteger right = (BigInteger.ModPow(x, 3, Prime) + 7) % Prime;
        return right.IsZero || BigInteger.ModPow(right, (Prime - 1) / 2, Prime).IsOne;
    }
}
