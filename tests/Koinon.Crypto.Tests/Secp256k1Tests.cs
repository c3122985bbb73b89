using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using BouncyInteger = Org.BouncyCastle.Math.BigInteger;

namespace Koinon.Crypto.Tests;

public sealed class Secp256k1Tests
{
    private static readonly Org.BouncyCastle.Asn1.X9.X9ECParameters Curve = SecNamedCurves.GetByName("secp256k1");

    private static readonly ECDomainParameters Domain = new(Curve.Curve, Curve.G, Curve.N, Curve.H);

    private static readonly BigInteger Order = BigInteger.Parse(
        "0fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", NumberStyles.HexNumber);

    private static readonly BigInteger Prime = BigInteger.Parse(
        "0fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f", NumberStyles.HexNumber);

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
        foreach (BigInteger secret in Interesting())
        {
            if (secret.IsZero || secret >= Order)
            {
                Assert.False(Secp256k1.TryGetPublicKey(Bytes(secret), new byte[64]));
                continue;
            }

            byte[] key = new byte[64];
            Assert.True(Secp256k1.TryGetPublicKey(Bytes(secret), key));
            Assert.Equal(Encode(Curve.G.Multiply(new BouncyInteger(secret.ToString()))), key);
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
            Assert.True(Secp256k1.TryRecover(hash, signature.AsSpan(0, 32), signature.AsSpan(32), recoveryId, recovered));
            Assert.Equal(key, recovered);

            ECDsaSigner signer = new(new HMacDsaKCalculator(new Org.BouncyCastle.Crypto.Digests.Sha256Digest()));
            signer.Init(true, new ECPrivateKeyParameters(new BouncyInteger(1, secret), Domain));
            BouncyInteger[] expected = signer.GenerateSignature(hash);
            BouncyInteger low = expected[1].Min(Curve.N.Subtract(expected[1]));
            Assert.Equal(expected[0], new BouncyInteger(1, signature, 0, 32));
            Assert.Equal(low, new BouncyInteger(1, signature, 32, 32));
        }).QuickCheckThrowOnFailure();
    }

    private static IEnumerable<BigInteger> Interesting()
    {
        for (int shift = 0; shift <= 255; shift += 5)
        {
            yield return BigInteger.One << shift;
            yield return (BigInteger.One << shift) - 1;
            yield return (Order - (BigInteger.One << shift)) & ((BigInteger.One << 256) - 1);
        }

        foreach (BigInteger center in new[] { Order, Order >> 1, Prime - 5, BigInteger.Parse("15") })
        {
            for (int delta = -3; delta <= 3; delta++)
            {
                yield return center + delta;
            }
        }
    }

    private static byte[] Bytes(BigInteger value)
    {
        byte[] little = value.ToByteArray(isUnsigned: true);
        byte[] result = new byte[32];
        little.CopyTo(result, 0);
        Array.Reverse(result);
        return result;
    }

    private static byte[] Encode(Org.BouncyCastle.Math.EC.ECPoint point) => point.Normalize().GetEncoded(false)[1..];
}
