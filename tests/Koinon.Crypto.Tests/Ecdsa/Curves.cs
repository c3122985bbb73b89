using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Parameters;
using ECPoint = Org.BouncyCastle.Math.EC.ECPoint;
using BouncyInteger = Org.BouncyCastle.Math.BigInteger;

namespace Koinon.Crypto.Tests.Ecdsa;

/// <summary>The oracle's curves and the numbers that break arithmetic.</summary>
internal static class Curves
{
    internal static readonly X9ECParameters K1 = SecNamedCurves.GetByName("secp256k1");

    internal static readonly X9ECParameters R1 = SecNamedCurves.GetByName("secp256r1");

    internal static readonly ECDomainParameters K1Domain = new(K1.Curve, K1.G, K1.N, K1.H);

    internal static readonly ECDomainParameters R1Domain = new(R1.Curve, R1.G, R1.N, R1.H);

    internal static readonly BigInteger K1Prime =
        Hex("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f");

    internal static readonly BigInteger K1Order =
        Hex("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");

    internal static readonly BigInteger R1Prime =
        Hex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");

    internal static readonly BigInteger R1Order =
        Hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");

    internal static readonly BigInteger TwoTo256 = BigInteger.One << 256;

    internal static BigInteger Hex(string digits) => BigInteger.Parse("0" + digits, NumberStyles.HexNumber);

    /// <summary>Numbers below 2²⁵⁶ around zero, powers of two, limb borders and the moduli.</summary>
    internal static IEnumerable<BigInteger> Edges()
    {
        BigInteger[] centers =
        [
            0, K1Prime, K1Order, R1Prime, R1Order, K1Order >> 1, R1Order >> 1, K1Prime - K1Order, R1Prime - R1Order,
            TwoTo256 - 4, Hex("5363ad4cc05c30e0a5261c028812645a122e22ea20816678df02967c1b23bd72"),
        ];
        foreach (BigInteger center in centers)
        {
            for (int delta = -3; delta <= 3; delta++)
            {
                if (center + delta >= 0 && center + delta < TwoTo256)
                {
                    yield return center + delta;
                }
            }
        }

        foreach (int bits in new[] { 31, 32, 48, 51, 52, 53, 62, 63, 64, 104, 127, 128, 129, 156, 192, 208, 224, 255 })
        {
            yield return BigInteger.One << bits;
            yield return (BigInteger.One << bits) - 1;
            yield return TwoTo256 - (BigInteger.One << bits);
        }
    }

    /// <summary>A number below 2²⁵⁶ from any seed, random to look at and the same each run.</summary>
    internal static BigInteger FromSeed(byte tag, ReadOnlySpan<byte> seed) =>
        new(SHA256.HashData([tag, .. seed]), isUnsigned: true, isBigEndian: true);

    /// <summary>Edges and then numbers of seeds.</summary>
    internal static BigInteger Pick(byte tag, int index)
    {
        BigInteger[] edges = [.. Edges()];
        uint place = (uint)index;
        return place < edges.Length ? edges[place] : FromSeed(tag, BitConverter.GetBytes(index));
    }

    internal static byte[] Bytes(BigInteger value)
    {
        byte[] result = new byte[32];
        value.TryWriteBytes(result, out int written, isUnsigned: true);
        Array.Reverse(result);
        Assert.InRange(written, 0, 32);
        return result;
    }

    internal static ulong[] Words(BigInteger value) =>
        [.. Enumerable.Range(0, 4).Select(i => (ulong)((value >> (64 * i)) & ulong.MaxValue))];

    internal static BigInteger Integer(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    internal static BouncyInteger Bouncy(BigInteger value) => new(1, Bytes(value));

    /// <summary>x and y, 64 bytes; of infinity zeros.</summary>
    internal static byte[] Encode(ECPoint point) =>
        point.IsInfinity ? new byte[64] : point.Normalize().GetEncoded(false)[1..];
}
