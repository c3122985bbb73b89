using System.Numerics;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Koinon.Crypto.Tests.Ecdsa;
using ECPoint = Org.BouncyCastle.Math.EC.ECPoint;

namespace Koinon.Crypto.Tests;

public sealed class P256Tests
{
    private static readonly BigInteger Order = Curves.R1Order;

    [Fact]
    public void Verify_OfTheRuntimesSignatures_Agrees()
    {
        using ECDsa signer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ECParameters key = signer.ExportParameters(false);
        Prop.ForAll<byte[]>(seed =>
        {
            byte[] hash = SHA256.HashData(seed);
            byte[] signature = signer.SignHash(hash);
            byte[] r = signature[..32];
            byte[] s = signature[32..];
            Assert.True(P256.Verify(hash, r, s, key.Q.X, key.Q.Y));

            // The mirrored signature holds as well; any flipped bit breaks one.
            Assert.True(P256.Verify(hash, r, Curves.Bytes(Order - Curves.Integer(s)), key.Q.X, key.Q.Y));
            int bit = Curves.Integer(hash).IsEven ? hash[0] : 255 - hash[0];
            signature[bit % 64] ^= (byte)(1 << (bit & 7));
            Assert.False(P256.Verify(hash, signature.AsSpan(0, 32), signature.AsSpan(32), key.Q.X, key.Q.Y));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Verify_OfEdgeSecretsAndHashes_Accepts()
    {
        BigInteger[] secrets = [1, 2, Order - 1, Order - 2, BigInteger.One << 128, Curves.FromSeed(1, [1]) % Order];
        BigInteger[] hashes = [0, 1, Order - 1, Order, Order + 1, Curves.TwoTo256 - 1, Curves.FromSeed(1, [2])];
        BigInteger[] nonces = [1, 2, 3, Order - 1, Order >> 1, Curves.FromSeed(1, [3]) % Order];
        foreach (BigInteger secret in secrets)
        {
            foreach (BigInteger hash in hashes)
            {
                foreach (BigInteger nonce in nonces)
                {
                    (BigInteger r, BigInteger s) = Sign(secret, hash, nonce);
                    if (s.IsZero)
                    {
                        continue;
                    }

                    byte[] key = Curves.Encode(Curves.R1.G.Multiply(Curves.Bouncy(secret)));
                    Assert.True(Verify(hash, r, s, key));
                    Assert.Equal((hash + 1) % Order == hash % Order, Verify((hash + 1) % Curves.TwoTo256, r, s, key));
                }
            }
        }
    }

    [Fact]
    public void Verify_OfARangeError_Refuses()
    {
        BigInteger hash = Curves.FromSeed(2, [1]);
        (BigInteger r, BigInteger s) = Sign(5, hash, 9);
        byte[] key = Curves.Encode(Curves.R1.G.Multiply(Curves.Bouncy(5)));
        Assert.True(Verify(hash, r, s, key));
        foreach (BigInteger bad in new[] { 0, Order, Order + 1, Curves.TwoTo256 - 1 })
        {
            Assert.False(Verify(hash, bad, s, key));
            Assert.False(Verify(hash, r, bad, key));
        }

        byte[] h = Curves.Bytes(hash);
        Assert.False(P256.Verify(h.AsSpan(1), Curves.Bytes(r), Curves.Bytes(s), key.AsSpan(0, 32), key.AsSpan(32)));
        Assert.False(P256.Verify(h, Curves.Bytes(r).AsSpan(1), Curves.Bytes(s), key.AsSpan(0, 32), key.AsSpan(32)));
        Assert.False(P256.Verify(h, Curves.Bytes(r), Curves.Bytes(s), key.AsSpan(0, 32), key.AsSpan(33)));
    }

    [Fact]
    public void Verify_OfAKeyThatIsNoPoint_Refuses()
    {
        BigInteger hash = Curves.FromSeed(2, [1]);
        (BigInteger r, BigInteger s) = Sign(5, hash, 9);
        byte[] key = Curves.Encode(Curves.R1.G.Multiply(Curves.Bouncy(5)));
        Assert.False(Verify(hash, r, s, new byte[64]));
        for (int i = 0; i < 64; i++)
        {
            byte[] changed = [.. key];
            changed[i] ^= 1;
            Assert.False(Verify(hash, r, s, changed));
        }

        // Coordinates of a point with a small x, given a second time with p added: same residue, not canonical.
        (BigInteger x, BigInteger y) = PointWithSmallX();
        byte[] canonical = [.. Curves.Bytes(x), .. Curves.Bytes(y)];
        byte[] shifted = [.. Curves.Bytes(x + Curves.R1Prime), .. Curves.Bytes(y)];
        (BigInteger forgedR, BigInteger forgedS, BigInteger forgedHash) = Forge(canonical);
        Assert.True(Verify(forgedHash, forgedR, forgedS, canonical));
        Assert.False(Verify(forgedHash, forgedR, forgedS, shifted));
    }

    [Fact]
    public void Verify_WhoseSumIsInfinity_Refuses()
    {
        // hash = -r·secret makes u1·G + u2·Q infinity.
        BigInteger secret = 12345;
        BigInteger r = Curves.FromSeed(3, [1]) % Order;
        BigInteger hash = (Order - (r * secret % Order)) % Order;
        byte[] key = Curves.Encode(Curves.R1.G.Multiply(Curves.Bouncy(secret)));
        Assert.False(Verify(hash, r, 77, key));
    }

    [Fact]
    public void Verify_WhoseHalvesAreEqualOrOpposite_DoublesRight()
    {
        // Q = ±G and u1 = u2: the sum meets equal and opposite points on its way.
        foreach (BigInteger secret in new[] { BigInteger.One, Order - 1 })
        {
            byte[] key = Curves.Encode(Curves.R1.G.Multiply(Curves.Bouncy(secret)));
            for (int i = 1; i < 40; i++)
            {
                BigInteger nonce = i;
                BigInteger r = NonceX(nonce) % Order;
                BigInteger s = (2 * r) % Order * BigInteger.ModPow(nonce, Order - 2, Order) % Order;
                BigInteger hash = secret.IsOne ? r : 3 * r % Order;
                Assert.True(Verify(hash, r, s, key));
            }
        }
    }

    [Fact]
    public void Verify_WhoseNoncePointHasAnXAboveTheOrder_ComparesModuloTheOrder()
    {
        // A point with x = n + small: r is its x less n. Made by choosing the key to fit: Q = (s·R - hash·G)/r.
        ECPoint point = PointWithXAtLeast(Order);
        BigInteger r = Curves.Integer(Curves.Encode(point).AsSpan(0, 32)) - Order;
        Assert.True(r.Sign > 0 && r < Curves.R1Prime - Order);
        BigInteger s = 1111;
        BigInteger hash = 2222;
        ECPoint difference = point.Multiply(Curves.Bouncy(s)).Subtract(Curves.R1.G.Multiply(Curves.Bouncy(hash)));
        byte[] key = Curves.Encode(difference.Multiply(Curves.Bouncy(BigInteger.ModPow(r, Order - 2, Order))));
        Assert.True(Verify(hash, r, s, key));
        Assert.False(Verify(hash, r + 1, s, key));
    }

    private static bool Verify(BigInteger hash, BigInteger r, BigInteger s, byte[] key) =>
        P256.Verify(Curves.Bytes(hash), Curves.Bytes(r), Curves.Bytes(s), key.AsSpan(0, 32), key.AsSpan(32));

    private static (BigInteger R, BigInteger S) Sign(BigInteger secret, BigInteger hash, BigInteger nonce)
    {
        BigInteger r = NonceX(nonce) % Order;
        BigInteger s = BigInteger.ModPow(nonce, Order - 2, Order) * (hash + (r * secret)) % Order;
        return (r, s);
    }

    private static BigInteger NonceX(BigInteger nonce) =>
        Curves.Integer(Curves.Encode(Curves.R1.G.Multiply(Curves.Bouncy(nonce))).AsSpan(0, 32));

    /// <summary>A signature of some hash that holds for a key of unknown secret: R = G + Q, r = s = x(R).</summary>
    private static (BigInteger R, BigInteger S, BigInteger Hash) Forge(byte[] key)
    {
        ECPoint point = Curves.R1.Curve.DecodePoint([4, .. key]);
        BigInteger r = Curves.Integer(Curves.Encode(Curves.R1.G.Add(point)).AsSpan(0, 32)) % Order;
        return (r, r, r);
    }

    private static (BigInteger X, BigInteger Y) PointWithSmallX()
    {
        byte[] encoded = Curves.Encode(PointWithXAtLeast(5));
        return (Curves.Integer(encoded.AsSpan(0, 32)), Curves.Integer(encoded.AsSpan(32)));
    }

    private static ECPoint PointWithXAtLeast(BigInteger x)
    {
        while (true)
        {
            try
            {
                return Curves.R1.Curve.DecodePoint([2, .. Curves.Bytes(x)]);
            }
            catch (ArgumentException)
            {
                x++;
            }
        }
    }
}
