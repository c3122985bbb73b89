using System.Security.Cryptography;

namespace Koinon.Crypto;

/// <summary>HMAC with SHA-256 (RFC 2104, FIPS 198-1).</summary>
/// <remarks>Stateless and safe from any thread; allocates nothing.</remarks>
public static class HmacSha256
{
    /// <summary>The code of a message.</summary>
    /// <param name="key">The secret, of any length.</param>
    /// <param name="message">The message.</param>
    /// <param name="mac">Receives 32 bytes; it may be where the key or the message is.</param>
    /// <exception cref="ArgumentException"><paramref name="mac"/> is shorter.</exception>
    public static void Hash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, Span<byte> mac)
    {
        (Sha256 inner, Sha256 outer) = Begin(key);
        inner.Append(message);
        End(ref inner, outer, mac);
    }

    private static (Sha256 Inner, Sha256 Outer) Begin(ReadOnlySpan<byte> key)
    {
        Span<byte> block = stackalloc byte[Sha256.BlockBytes];
        block.Clear();
        if (key.Length > block.Length)
        {
            Sha256.Hash(key, block);
        }
        else
        {
            key.CopyTo(block);
        }

        Sha256 inner = Begin(block, 0x36);
        Sha256 outer = Begin(block, 0x36 ^ 0x5C);
        CryptographicOperations.ZeroMemory(block);
        return (inner, outer);
    }

    /// <summary>A hash of the key's block under a mask, which stays in the block.</summary>
    private static Sha256 Begin(Span<byte> block, byte mask)
    {
        for (int i = 0; i < block.Length; i++)
        {
            block[i] ^= mask;
        }

        Sha256 hash = Sha256.Create();
        hash.Append(block);
        return hash;
    }

    private static void End(ref Sha256 inner, Sha256 outer, Span<byte> mac)
    {
        Span<byte> digest = stackalloc byte[Sha256.HashBytes];
        inner.Finish(digest);
        outer.Append(digest);
        outer.Finish(mac);
        CryptographicOperations.ZeroMemory(digest);
    }
}
