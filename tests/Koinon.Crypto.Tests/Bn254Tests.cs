using System.Globalization;
using System.Numerics;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Koinon.Crypto.Tests.Vectors;

namespace Koinon.Crypto.Tests;

public sealed class Bn254Tests
{
    private const string Modulus = "30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47";
    private const string Order = "30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001";
    private const string G1 =
        "0000000000000000000000000000000000000000000000000000000000000001"
        + "0000000000000000000000000000000000000000000000000000000000000002";
    private const string G2 =
        "198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2"
        + "1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed"
        + "090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b"
        + "12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa";

    [Fact]
    public void TryAdd_OnVectors_Agrees()
    {
        foreach (JsonElement vector in VectorFile.Read("bn254.json", "add"))
        {
            Assert.Equal(vector.GetProperty("expected").GetString(), Add(vector.GetProperty("input").GetString()!));
        }
    }

    [Fact]
    public void TryMultiply_OnVectors_Agrees()
    {
        foreach (JsonElement vector in VectorFile.Read("bn254.json", "multiply"))
        {
            string input = vector.GetProperty("input").GetString()!;
            Assert.Equal(vector.GetProperty("expected").GetString(), Multiply(input));
        }
    }

    [Fact]
    public void TryPairing_OnVectors_Agrees()
    {
        foreach (JsonElement vector in VectorFile.Read("bn254.json", "pairing"))
        {
            Assert.Equal(vector.GetProperty("expected").GetBoolean(), Pair(vector.GetProperty("input").GetString()!));
        }
    }

    [Fact]
    public void TryPairing_OfGeneratorAndItsNegation_IsOne()
    {
        string negated = Negate(G1);
        Assert.True(Pair(G1 + G2 + negated + G2));
        Assert.False(Pair(G1 + G2));
        Assert.False(Pair(G1 + G2 + G1 + G2));
    }

    [Fact]
    public void TryMultiply_ByMultiplesOfTheOrder_GivesInfinity()
    {
        BigInteger order = Number(Order);
        for (int i = 0; i < 5; i++) Assert.Equal(Zeros(64), Multiply(G1 + Word(order * i)));
        Assert.Equal(G1, Multiply(G1 + Word(order + 1)));
    }

    [Fact]
    public void TryPairing_IsBilinear()
    {
        Prop.ForAll<uint, uint>((a, b) =>
        {
            BigInteger order = Number(Order);
            BigInteger x = BigInteger.ModPow(a + 3, 77, order), y = BigInteger.ModPow(b + 5, 91, order);
            string xy = Multiply(G1 + Word(x * y % order))!;
            string left = Multiply(Multiply(G1 + Word(x)) + Word(y))!;
            return left == xy && Pair(left + G2 + Negate(xy) + G2) == true;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void TryMultiply_IsDistributiveOverAddition()
    {
        Prop.ForAll<uint, uint>((a, b) =>
        {
            BigInteger x = BigInteger.Pow(a, 7), y = BigInteger.Pow(b, 8) % (BigInteger.One << 256);
            BigInteger sum = (x + y) % Number(Order);
            return Multiply(G1 + Word(sum)) == Add(Multiply(G1 + Word(x))! + Multiply(G1 + Word(y)));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Everything_WithCoordinateNotBelowTheModulus_IsRefused()
    {
        BigInteger p = Number(Modulus);
        // Each stands for a valid point when the coordinate is reduced, and for none as it is.
        Assert.Null(Add(Word(p + 1) + Word(2) + Zeros(64)));
        Assert.Null(Add(Word(1) + Word(p + 2) + Zeros(64)));
        Assert.Null(Add(Word(p) + Word(0) + Zeros(64)));
        Assert.Null(Add(Word(0) + Word(p) + Zeros(64)));
        Assert.Null(Add(Zeros(64) + Word(p + 1) + Word(2)));
        Assert.Null(Add(new string('f', 128) + Zeros(64)));
        Assert.Null(Multiply(Word(p + 1) + Word(2) + Word(1)));
        for (int coordinate = 0; coordinate < 4; coordinate++)
        {
            string encoded = G2[(64 * coordinate)..(64 * coordinate + 64)];
            string replaced = G2[..(64 * coordinate)] + Word(Number(encoded) + p) + G2[(64 * coordinate + 64)..];
            Assert.Null(Pair(G1 + replaced));
            Assert.Null(Pair(Zeros(64) + replaced));
        }
    }

    [Fact]
    public void Everything_WithPointOffTheCurve_IsRefused()
    {
        Assert.Null(Add(Word(1) + Word(1) + G1));
        Assert.Null(Add(G1 + Word(0) + Word(1)));
        Assert.Null(Add(G1 + Word(1) + Word(0)));
        Assert.Null(Multiply(Word(Number(Modulus) - 1) + Word(2) + Word(0)));
        Assert.Null(Pair(Word(1) + Word(1) + G2));
        Assert.Null(Pair(Word(1) + Word(1) + Zeros(128)));
        Assert.Null(Pair(Zeros(64) + Word(1) + Zeros(96)));
        Assert.Null(Pair(G1 + G2[64..128] + G2[..64] + G2[128..]));
    }

    [Fact]
    public void TryPairing_WithTwistPointOutsideTheGroup_IsRefused()
    {
        foreach (JsonElement vector in VectorFile.Read("bn254.json", "outsideG2"))
        {
            string point = vector.GetProperty("point").GetString()!;
            Assert.Null(Pair(G1 + point));
            Assert.Null(Pair(Zeros(64) + point));
            Assert.Null(Pair(G1 + G2 + Negate(G1) + G2 + G1 + point));
        }
    }

    [Fact]
    public void TryPairing_WithInfinity_IsOne()
    {
        Assert.True(Pair(""));
        Assert.True(Pair(Zeros(192)));
        Assert.True(Pair(G1 + Zeros(128)));
        Assert.True(Pair(Zeros(64) + G2));
        Assert.True(Pair(Zeros(64) + G2 + G1 + Zeros(128)));
        Assert.False(Pair(Zeros(64) + G2 + G1 + G2));
    }

    [Fact]
    public void Everything_WithWrongLength_IsRefused()
    {
        byte[] output = new byte[64];
        for (int length = 0; length < 300; length++)
        {
            byte[] input = new byte[length];
            Assert.Equal(length == 128, Bn254.TryAdd(input, output));
            Assert.Equal(length == 96, Bn254.TryMultiply(input, output));
            Assert.Equal(length % 192 == 0, Bn254.TryPairing(input, out _));
        }

        Assert.False(Bn254.TryAdd(new byte[128], new byte[63]));
        Assert.False(Bn254.TryMultiply(new byte[96], new byte[63]));
    }

    private static string? Add(string input)
    {
        byte[] output = new byte[64];
        return Bn254.TryAdd(Convert.FromHexString(input), output) ? Convert.ToHexStringLower(output) : null;
    }

    private static string? Multiply(string input)
    {
        byte[] output = new byte[64];
        return Bn254.TryMultiply(Convert.FromHexString(input), output) ? Convert.ToHexStringLower(output) : null;
    }

    private static bool? Pair(string input) =>
        Bn254.TryPairing(Convert.FromHexString(input), out bool isOne) ? isOne : null;

    private static string Negate(string point) =>
        point[64..].Trim('0').Length == 0 ? point : point[..64] + Word(Number(Modulus) - Number(point[64..]));

    private static BigInteger Number(string hex) => BigInteger.Parse("0" + hex, NumberStyles.HexNumber);

    private static string Word(BigInteger number)
    {
        string hex = number.ToString("x64");
        return hex.Length == 65 && hex[0] == '0' ? hex[1..] : hex;
    }

    private static string Zeros(int bytes) => new('0', 2 * bytes);
}
