using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Koinon.Crypto;
using Koinon.Fixtures.Reading;

namespace Koinon.Fixtures.Formats;

/// <summary>Decryption tests: AES in counter mode, and ECIES over secp256k1 as peers use it.</summary>
internal sealed class DecryptionFormat : IFixtureFormat
{
    private const int PointLength = 65;
    private const int BlockLength = 16;
    private const int TagLength = 32;

    /// <inheritdoc/>
    public bool Recognises(JsonElement root) =>
        FormatList.FirstHas(root, "decryption_type", "key", "cipher", "payload");

    /// <inheritdoc/>
    public void Run(FixtureContext context)
    {
        foreach (JsonProperty test in context.Root.EnumerateObject())
        {
            context.Run(test.Name, "", _ => RunCase(test.Value));
        }
    }

    private static CaseVerdict RunCase(JsonElement test)
    {
        byte[] key = test.Bytes("key");
        byte[] cipher = test.Bytes("cipher");
        byte[]? payload = test.Field("decryption_type").Text() switch
        {
            "aes_ctr" => CounterMode(key, new byte[BlockLength], cipher),
            "ecies_sec1_altered" => Ecies(key, cipher),
            string other => throw new FixtureFormatException($"the decryption '{other}' is not known here"),
        };
        return payload is null
            ? CaseVerdict.Fail("the cipher text was refused")
            : CaseVerdict.CompareBytes("payload", test.Bytes("payload"), payload);
    }

    // Ephemeral point, then what AES-128 and HMAC-SHA-256 make: initial counter, cipher text, tag over both.
    private static byte[]? Ecies(ReadOnlySpan<byte> secretKey, ReadOnlySpan<byte> message)
    {
        Span<byte> shared = stackalloc byte[32];
        if (message.Length < PointLength + BlockLength + TagLength
            || !Secp256k1.TryEcdh(secretKey, message[1..PointLength], shared))
        {
            return null;
        }

        // The first 32 bytes of NIST SP 800-56's concatenation: 16 to encrypt, 16 to be hashed to the tag's key.
        Span<byte> seed = stackalloc byte[4 + 32];
        BinaryPrimitives.WriteUInt32BigEndian(seed, 1);
        shared.CopyTo(seed[4..]);
        byte[] keys = SHA256.HashData(seed);
        ReadOnlySpan<byte> authenticated = message[PointLength..^TagLength];
        byte[] tag = HMACSHA256.HashData(SHA256.HashData(keys.AsSpan(16)), authenticated);
        return tag.AsSpan().SequenceEqual(message[^TagLength..])
            ? CounterMode(keys[..16], authenticated[..BlockLength].ToArray(), authenticated[BlockLength..])
            : null;
    }

    private static byte[] CounterMode(byte[] key, byte[] counter, ReadOnlySpan<byte> cipher)
    {
        using Aes aes = Aes.Create();
        aes.Key = key;
        byte[] plain = cipher.ToArray();
        Span<byte> stream = stackalloc byte[BlockLength];
        for (int offset = 0; offset < plain.Length; offset += BlockLength)
        {
            aes.EncryptEcb(counter, stream, PaddingMode.None);
            for (int i = 0; i < BlockLength && offset + i < plain.Length; i++)
            {
                plain[offset + i] ^= stream[i];
            }

            for (int i = BlockLength - 1; i >= 0 && unchecked(++counter[i]) == 0; i--)
            {
            }
        }

        return plain;
    }
}
