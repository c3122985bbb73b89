using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Koinon.Crypto.Tests;

/// <summary>SHA-256, SHA-512, HMAC and PBKDF2: published vectors, and the framework as an independent oracle.</summary>
public sealed class Sha2Tests
{
    // FIPS 180-4's examples.
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    public void Sha256_PublishedMessage_IsItsDigest(string message, string digest)
    {
        byte[] actual = new byte[Sha256.HashBytes];

        Sha256.Hash(Encoding.ASCII.GetBytes(message), actual);

        Assert.Equal(digest, Convert.ToHexStringLower(actual));
    }

    [Fact]
    public void Sha512_PublishedMessage_IsItsDigest()
    {
        byte[] actual = new byte[Sha512.HashBytes];

        Sha512.Hash("abc"u8, actual);

        Assert.Equal(
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            Convert.ToHexStringLower(actual));
    }

    [Fact]
    public void Hash_EveryLength_IsTheFrameworks()
    {
        byte[] message = new byte[300];
        new Random(1).NextBytes(message);
        byte[] actual = new byte[64];
        for (int length = 0; length <= message.Length; length++)
        {
            ReadOnlySpan<byte> part = message.AsSpan(0, length);
            Sha256.Hash(part, actual);
            Assert.Equal(SHA256.HashData(part), actual[..32]);
            Sha512.Hash(part, actual);
            Assert.Equal(SHA512.HashData(part), actual);
        }
    }

    [Fact]
    public void Append_InAnyPieces_IsTheWholeMessage() => Prop.ForAll<byte[][]>(pieces =>
    {
        Sha256 short256 = Sha256.Create();
        Sha512 short512 = Sha512.Create();
        foreach (byte[] piece in pieces)
        {
            short256.Append(piece);
            short512.Append(piece);
        }

        byte[] whole = [.. pieces.SelectMany(static piece => piece)];
        byte[] digest256 = new byte[32];
        byte[] digest512 = new byte[64];
        short256.Finish(digest256);
        short512.Finish(digest512);
        return SHA256.HashData(whole).SequenceEqual(digest256) && SHA512.HashData(whole).SequenceEqual(digest512);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Hmac_AnyKeyAndMessage_IsTheFrameworks() => Prop.ForAll<byte[], byte[], byte>((key, message, times) =>
    {
        // Keys of up to several blocks, too.
        byte[] longKey = [.. Enumerable.Repeat(key, times % 40).SelectMany(static piece => piece)];
        byte[] mac256 = new byte[32];
        byte[] mac512 = new byte[64];
        HmacSha256.Hash(longKey, message, mac256);
        HmacSha512.Hash(longKey, message, mac512);
        return HMACSHA256.HashData(longKey, message).SequenceEqual(mac256)
            && HMACSHA512.HashData(longKey, message).SequenceEqual(mac512);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1, 64)]
    [InlineData(3, 200)]
    [InlineData(2048, 64)]
    [InlineData(7, 5)]
    public void DeriveKey_RoundsAndLengths_IsTheFrameworks(int rounds, int length)
    {
        byte[] key = new byte[length];

        HmacSha512.DeriveKey("a password"u8, "and its salt"u8, rounds, key);

        Assert.Equal(
            Rfc2898DeriveBytes.Pbkdf2(
                "a password"u8.ToArray(), "and its salt"u8.ToArray(), rounds, HashAlgorithmName.SHA512, length),
            key);
    }

    [Fact]
    public void Finish_ShortDigest_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Sha256.Hash(default, new byte[31]));
        Assert.Throws<ArgumentException>(() => Sha512.Hash(default, new byte[63]));
    }
}
