using System.Globalization;
using System.Numerics;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Koinon.Crypto.Tests.Vectors;

namespace Koinon.Crypto.Tests;

public sealed class Bls12381Tests
{
    private const string File = "bls12-381.json";

    private delegate bool Operation(ReadOnlySpan<byte> input, Span<byte> output);

    private static readonly BigInteger Modulus = Number(
        "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab");
    private static readonly BigInteger Order = Number(
        "73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001");

    private static readonly string G1 =
        Field("17f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb")
        + Field("08b3f481e3aaa0f1a09e30ed741d8ae4fcf5e095d5d00af600db18cb2c04b3edd03cc744a2888ae40caa232946c5e7e1");

    private static readonly string G2 =
        Field("024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8")
        + Field("13e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e")
        + Field("0ce5d527727d6e118cc9cdc6da2e351aadfd9baa8cbdd3a76d429a695160d12c923ac9cc3baca289e193548608b82801")
        + Field("0606c4a02ea734cc32acd2b02bc28b99cb3e287e85a763af267492ab572e99ab3f370d275cec1da1aaa9075ff05f79be");

    [Theory]
    [InlineData("g1Add")]
    [InlineData("g2Add")]
    [InlineData("g1Multiply")]
    [InlineData("g2Multiply")]
    [InlineData("g1Sum")]
    [InlineData("g2Sum")]
    [InlineData("mapFpToG1")]
    [InlineData("mapFp2ToG2")]
    public void Operation_OnVectors_Agrees(string list)
    {
        Operation operation = list switch
        {
            "g1Add" => Bls12381.TryG1Add,
            "g2Add" => Bls12381.TryG2Add,
            "g1Multiply" or "g1Sum" => Bls12381.TryG1MultiScalarMultiplication,
            "g2Multiply" or "g2Sum" => Bls12381.TryG2MultiScalarMultiplication,
            "mapFpToG1" => Bls12381.TryMapFpToG1,
            _ => Bls12381.TryMapFp2ToG2,
        };
        foreach (JsonElement vector in VectorFile.Read(File, list))
        {
            string input = vector.GetProperty("input").GetString()!;
            Assert.Equal(vector.GetProperty("expected").GetString(), Run(operation, input));
        }
    }

    [Fact]
    public void TryPairing_OnVectors_Agrees()
    {
        foreach (JsonElement vector in VectorFile.Read(File, "pairing"))
        {
            string input = vector.GetProperty("input").GetString()!;
            if (input.Length > 0) Assert.Equal(vector.GetProperty("expected").GetBoolean(), Pair(input));
        }
    }

    [Fact]
    public void TryPairing_IsBilinear()
    {
        Prop.ForAll<uint, uint>((a, b) =>
        {
            BigInteger x = BigInteger.ModPow(a + 3, 77, Order), y = BigInteger.ModPow(b + 5, 91, Order);
            string negated = Multiply1(G1, Order - (x * y % Order));
            return Pair(Multiply1(G1, x) + Multiply2(G2, y) + negated + G2) == true
                && Pair(Multiply1(G1, x) + Multiply2(G2, y + 1) + negated + G2) == false;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void MultiScalarMultiplication_OfOnePoint_IsDistributive()
    {
        Prop.ForAll<uint, uint>((a, b) =>
        {
            BigInteger x = BigInteger.Pow(a, 7), y = BigInteger.Pow(b, 8);
            string sum1 = Run(Bls12381.TryG1Add, Multiply1(G1, x) + Multiply1(G1, y))!;
            string sum2 = Run(Bls12381.TryG2Add, Multiply2(G2, x) + Multiply2(G2, y))!;
            return sum1 == Multiply1(G1, (x + y) % Order) && sum2 == Multiply2(G2, (x + y) % Order)
                && sum1 == Run(Bls12381.TryG1MultiScalarMultiplication, G1 + Word(x) + G1 + Word(y))
                && sum2 == Run(Bls12381.TryG2MultiScalarMultiplication, G2 + Word(x) + G2 + Word(y));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void MultiScalarMultiplication_ByMultiplesOfTheOrder_GivesInfinity()
    {
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(Zeros(128), Multiply1(G1, Order * i));
            Assert.Equal(Zeros(256), Multiply2(G2, Order * i));
        }

        Assert.Equal(G1, Multiply1(G1, Order + 1));
        Assert.Equal(G2, Multiply2(G2, Order + 1));
    }

    [Fact]
    public void Add_OfPointsOutsideTheGroup_IsAllowed()
    {
        foreach (JsonElement vector in VectorFile.Read(File, "outsideG1"))
        {
            string point = vector.GetProperty("point").GetString()!;
            Assert.NotNull(Run(Bls12381.TryG1Add, point + G1));
            Assert.Equal(point, Run(Bls12381.TryG1Add, Zeros(128) + point));
        }

        foreach (JsonElement vector in VectorFile.Read(File, "outsideG2"))
        {
            string point = vector.GetProperty("point").GetString()!;
            Assert.NotNull(Run(Bls12381.TryG2Add, point + G2));
            Assert.Equal(point, Run(Bls12381.TryG2Add, Zeros(256) + point));
        }
    }

    [Fact]
    public void MultiplicationAndPairing_OfPointsOutsideTheGroup_AreRefused()
    {
        foreach (JsonElement vector in VectorFile.Read(File, "outsideG1"))
        {
            string point = vector.GetProperty("point").GetString()!;
            Assert.Null(Run(Bls12381.TryG1MultiScalarMultiplication, point + Word(0)));
            Assert.Null(Run(Bls12381.TryG1MultiScalarMultiplication, G1 + Word(1) + point + Word(1)));
            Assert.Null(Pair(point + G2));
            Assert.Null(Pair(point + Zeros(256)));
        }

        foreach (JsonElement vector in VectorFile.Read(File, "outsideG2"))
        {
            string point = vector.GetProperty("point").GetString()!;
            Assert.Null(Run(Bls12381.TryG2MultiScalarMultiplication, point + Word(0)));
            Assert.Null(Run(Bls12381.TryG2MultiScalarMultiplication, G2 + Word(1) + point + Word(1)));
            Assert.Null(Pair(G1 + point));
            Assert.Null(Pair(Zeros(128) + point));
        }
    }

    [Fact]
    public void Everything_WithFieldElementNotBelowTheModulus_IsRefused()
    {
        for (int i = 0; i < 2; i++) AssertRefused(Replace(G1, i, Element(G1, i) + Modulus), G2);
        for (int i = 0; i < 4; i++) AssertRefused(G1, Replace(G2, i, Element(G2, i) + Modulus));
        AssertRefused(Replace(Zeros(128), 0, Modulus), G2);
        AssertRefused(Replace(Zeros(128), 1, Modulus), G2);
        Assert.Null(Run(Bls12381.TryMapFpToG1, Field(Modulus)));
        Assert.Null(Run(Bls12381.TryMapFp2ToG2, Field(Modulus) + Field(0)));
        Assert.Null(Run(Bls12381.TryMapFp2ToG2, Field(0) + Field(Modulus)));
        Assert.NotNull(Run(Bls12381.TryMapFpToG1, Field(Modulus - 1)));
    }

    [Fact]
    public void Everything_WithTopBytesSet_IsRefused()
    {
        foreach (int bit in new[] { 384, 385, 447, 448, 510, 511 })
        {
            BigInteger high = BigInteger.One << bit;
            for (int i = 0; i < 2; i++) AssertRefused(Replace(G1, i, Element(G1, i) + high), G2);
            for (int i = 0; i < 4; i++) AssertRefused(G1, Replace(G2, i, Element(G2, i) + high));
            Assert.Null(Run(Bls12381.TryMapFpToG1, Field(high)));
            Assert.Null(Run(Bls12381.TryMapFp2ToG2, Field(high) + Field(0)));
            Assert.Null(Run(Bls12381.TryMapFp2ToG2, Field(0) + Field(high)));
        }
    }

    [Fact]
    public void Everything_WithPointOffTheCurve_IsRefused()
    {
        AssertRefused(Replace(G1, 1, Element(G1, 1) + 1), G2);
        AssertRefused(Replace(G1, 0, 0), G2);
        AssertRefused(Replace(Zeros(128), 1, 1), G2);
        AssertRefused(G1, Replace(G2, 3, Element(G2, 3) + 1));
        AssertRefused(G1, Replace(Zeros(256), 0, 1));
        AssertRefused(G1, G2[128..256] + G2[..128] + G2[256..]);
    }

    [Fact]
    public void TryPairing_WithInfinity_IsOne()
    {
        Assert.True(Pair(Zeros(384)));
        Assert.True(Pair(G1 + Zeros(256)));
        Assert.True(Pair(Zeros(128) + G2));
        Assert.False(Pair(Zeros(128) + G2 + G1 + G2));
    }

    [Fact]
    public void Everything_WithWrongLength_IsRefused()
    {
        byte[] output = new byte[256];
        for (int length = 0; length < 800; length++)
        {
            byte[] input = new byte[length];
            Assert.Equal(length == 256, Bls12381.TryG1Add(input, output));
            Assert.Equal(length == 512, Bls12381.TryG2Add(input, output));
            Assert.Equal(length > 0 && length % 160 == 0, Bls12381.TryG1MultiScalarMultiplication(input, output));
            Assert.Equal(length > 0 && length % 288 == 0, Bls12381.TryG2MultiScalarMultiplication(input, output));
            Assert.Equal(length > 0 && length % 384 == 0, Bls12381.TryPairing(input, out _));
            Assert.Equal(length == 64, Bls12381.TryMapFpToG1(input, output));
            Assert.Equal(length == 128, Bls12381.TryMapFp2ToG2(input, output));
        }
    }

    private static void AssertRefused(string point1, string point2)
    {
        Assert.Null(Pair(point1 + point2));
        Assert.Null(Pair(G1 + G2 + point1 + point2));
        if (point1 != G1)
        {
            Assert.Null(Run(Bls12381.TryG1Add, point1 + G1));
            Assert.Null(Run(Bls12381.TryG1Add, G1 + point1));
            Assert.Null(Run(Bls12381.TryG1MultiScalarMultiplication, point1 + Word(1)));
        }

        if (point2 != G2)
        {
            Assert.Null(Run(Bls12381.TryG2Add, point2 + G2));
            Assert.Null(Run(Bls12381.TryG2Add, G2 + point2));
            Assert.Null(Run(Bls12381.TryG2MultiScalarMultiplication, point2 + Word(1)));
        }
    }

    private static string? Run(Operation operation, string input)
    {
        byte[] output = new byte[256];
        if (!operation(Convert.FromHexString(input), output)) return null;
        bool isG2 = operation == Bls12381.TryG2Add || operation == Bls12381.TryG2MultiScalarMultiplication
            || operation == Bls12381.TryMapFp2ToG2;
        return Convert.ToHexStringLower(output.AsSpan(0, isG2 ? 256 : 128));
    }

    private static bool? Pair(string input) =>
        Bls12381.TryPairing(Convert.FromHexString(input), out bool isOne) ? isOne : null;

    private static string Multiply1(string point, BigInteger factor) =>
        Run(Bls12381.TryG1MultiScalarMultiplication, point + Word(factor))!;

    private static string Multiply2(string point, BigInteger factor) =>
        Run(Bls12381.TryG2MultiScalarMultiplication, point + Word(factor))!;

    private static BigInteger Element(string point, int index) => Number(point[(128 * index)..(128 * index + 128)]);

    private static string Replace(string point, int index, BigInteger element) =>
        point[..(128 * index)] + Field(element) + point[(128 * index + 128)..];

    private static BigInteger Number(string hex) => BigInteger.Parse("0" + hex, NumberStyles.HexNumber);

    private static string Field(string hex) => hex.PadLeft(128, '0');

    private static string Field(BigInteger number) => Hex(number, 128);

    private static string Word(BigInteger number) => Hex(number, 64);

    private static string Hex(BigInteger number, int digits)
    {
        string hex = number.ToString("x").TrimStart('0').PadLeft(digits, '0');
        Assert.Equal(digits, hex.Length);
        return hex;
    }

    private static string Zeros(int bytes) => new('0', 2 * bytes);
}
