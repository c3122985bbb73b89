using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Koinon.Crypto;

/// <summary>HMAC with SHA-512 (RFC 2104, FIPS 198-1), and keys from passwords with it.</summary>
/// <remarks>Stateless and safe from any thread; allocates nothing.</remarks>
public static class HmacSha512
{
    /// <summary>The code of a message.</summary>
    /// <param name="key">The secret, of any length.</param>
    /// <param name="message">The message.</param>
    /// <param name="mac">Receives 64 bytes; it may be where the key or the message is.</param>
    /// <exception cref="ArgumentException"><paramref name="mac"/> is shorter.</exception>
    public static void Hash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, Span<byte> mac)
    {
        (Sha512 inner, Sha512 outer) = Begin(key);
        inner.Append(message);
        End(ref inner, outer, mac);
    }

    /// <summary>Derives a key from a password (PBKDF2, RFC 8018, section 5.2).</summary>
    /// <param name="password">The password.</param>
    /// <param name="salt">The salt.</param>
    /// <param name="rounds">How often each block is hashed; at least 1.</param>
    /// <param name="key">Receives the key, of any length.</param>
    public static void DeriveKey(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int rounds, Span<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        (Sha512 inner, Sha512 outer) = Begin(password);
        Span<byte> index = stackalloc byte[sizeof(uint)];
        Span<byte> mac = stackalloc byte[Sha512.HashBytes];
        Span<byte> sum = stackalloc byte[Sha512.HashBytes];
        for (uint block = 1; !key.IsEmpty; block++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(index, block);
            Sha512 first = inner;
            first.Append(salt);
            first.Append(index);
            End(ref first, outer, mac);
            mac.CopyTo(sum);
            for (int round = 1; round < rounds; round++)
            {
                Sha512 next = inner;
                next.Append(mac);
                End(ref next, outer, mac);
                for (int i = 0; i < sum.Length; i++)
                {
                    sum[i] ^= mac[i];
                }
            }

            int taken = Math.Min(key.Length, sum.Length);
            sum[..taken].CopyTo(key);
            key = key[taken..];
        }

        CryptographicOperations.ZeroMemory(mac);
        CryptographicOperations.ZeroMemory(sum);
    }

    private static (Sha512 Inner, Sha512 Outer) Begin(ReadOnlySpan<byte> key)
    {
        Span<byte> block = stackalloc byte[Sha512.BlockBytes];
        block.Clear();
        if (key.Length > block.Length)
        {
            Sha512.Hash(key, block);
        }
        else
        {
            key.CopyTo(block);
        }

        Sha512 inner = Begin(block, 0x36);
        Sha512 outer = Begin(block, 0x36 ^ 0x5C);
        CryptographicOperations.ZeroMemory(block);
        return (inner, outer);
    }

    /// <summary>A hash of the key's block under a mask, which stays in the block.</summary>
    private static Sha512 Begin(Span<byte> block, byte mask)
    {
        for (int i = 0; i < block.Length; i++)
        {
            block[i] ^= mask;
        }

        Sha512 hash = Sha512.Create();
        hash.Append(block);
        return hash;
    }

    private static void End(ref Sha512 inner, Sha512 outer, Span<byte> mac)
    {
        Span<byte> digest = stackalloc byte[Sha512.HashBytes];
        inner.Finish(digest);
        outer.Append(digest);
        outer.Finish(mac);
        CryptographicOperations.ZeroMemory(digest);
    }
}
