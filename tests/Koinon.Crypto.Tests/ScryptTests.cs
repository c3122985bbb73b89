using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Org.BouncyCastle.Crypto.Generators;

namespace Koinon.Crypto.Tests;

public sealed class ScryptTests
{
    // RFC 7914, section 12; the last needs 1 GiB and is left to the long run.
    [Theory]
    [InlineData("", "", 16, 1, 1, "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
        + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906")]
    [InlineData("password", "NaCl", 1024, 8, 16, "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
        + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640")]
    [InlineData("pleaseletmein", "SodiumChloride", 16384, 8, 1, "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b5"
        + "43f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887")]
    [InlineData("pleaseletmein", "SodiumChloride", 1048576, 8, 1, "2101cb9b6a511aaeaddbbe09cf70f881ec568d574a2ffd4dabe5"
        + "ee9820adaa478e56fd8f4ba5d09ffa1c6d927c40f4c337304049e8a952fbcbf45c6fa77a41a4")]
    public void TryDerive_OfRfc7914Vectors_GivesTheirKeys(
        string password, string salt, int cost, int blockSize, int parallelization, string expected)
    {
        if (cost > 1 << 18 && Environment.GetEnvironmentVariable("KOINON_SOAK") != "1")
        {
            return;
        }

        byte[] key = new byte[64];

        bool derived = Scrypt.TryDerive(
            Encoding.ASCII.GetBytes(password),
            Encoding.ASCII.GetBytes(salt), cost, blockSize, parallelization, key, 2L << 30);

        Assert.True(derived);
        Assert.Equal(expected, Convert.ToHexStringLower(key));
    }

    [Fact]
    public void TryDerive_OfAnySmallParameters_EqualsTheOracle() =>
        Prop.ForAll((byte[] password, byte[] salt, byte parameters) =>
        {
            // The oracle wants N below 2^(128 r / 8).
            int cost = 2 << (parameters & 7);
            int blockSize = 1 + ((parameters >> 3) & 3);
            int parallelization = 1 + ((parameters >> 5) & 3);
            byte[] key = new byte[1 + (parameters % 70)];

            bool derived = Scrypt.TryDerive(password, salt, cost, blockSize, parallelization, key);

            Assert.True(derived);
            Assert.Equal(SCrypt.Generate(password, salt, cost, blockSize, parallelization, key.Length), key);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 8, 1, 32)]
    [InlineData(1, 8, 1, 32)]
    [InlineData(-2, 8, 1, 32)]
    [InlineData(int.MinValue, 8, 1, 32)]
    [InlineData(1000, 8, 1, 32)]
    [InlineData(1024, 0, 1, 32)]
    [InlineData(1024, -1, 1, 32)]
    [InlineData(1024, 8, 0, 32)]
    [InlineData(1024, 8, -1, 32)]
    [InlineData(1024, 8, 1, 0)]
    [InlineData(1024, 1 << 20, 1 << 20, 32)]
    [InlineData(1 << 30, int.MaxValue, 1, 32)]
    [InlineData(524288, 8, 1, 32)]
    [InlineData(2, 8, int.MaxValue, 32)]
    public void TryDerive_WithParametersOutOfBounds_RefusesAndLeavesTheKey(
        int cost, int blockSize, int parallelization, int keyLength)
    {
        byte[] key = new byte[keyLength];

        bool derived = Scrypt.TryDerive([1], [2], cost, blockSize, parallelization, key);

        Assert.False(derived);
        Assert.Equal(new byte[keyLength], key);
    }
}
