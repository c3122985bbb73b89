using System.Buffers.Binary;
using System.Security.Cryptography;
using Koinon.Crypto;
using Koinon.Primitives;

namespace Koinon.Keys;

/// <summary>A private key together with its chain code: a node of the tree of keys under one seed.</summary>
/// <remarks>Immutable and safe from any thread until disposed, which zeroes the key. Source: BIP-32, private
/// derivation.
/// </remarks>
public sealed class ExtendedKey : IDisposable
{
    /// <summary>Length of a private key and of a chain code in bytes.</summary>
    public const int KeyBytes = 32;

    /// <summary>Added to the index of a child that is derived from the private key alone.</summary>
    private const uint Hardened = 0x80000000;

    private const int MinimumSeedBytes = 16;
    private const int MaximumSeedBytes = 64;

    /// <summary>The private key, then the chain code.</summary>
    private readonly byte[] _secrets;

    private bool _isDisposed;

    private ExtendedKey(ReadOnlySpan<byte> secrets, int depth)
    {
        _secrets = secrets.ToArray();
        Depth = depth;
        Span<byte> publicKey = stackalloc byte[Secp256k1.PublicKeyBytes];
        Secp256k1.TryGetPublicKey(_secrets.AsSpan(0, KeyBytes), publicKey);
        Span<byte> digest = stackalloc byte[Keccak256.HashBytes];
        Keccak256.Hash(publicKey, digest);
        Address = new Address(digest[(Keccak256.HashBytes - Address.Size)..]);
    }

    /// <summary>Levels below the root: 0 to 255.</summary>
    public int Depth { get; }

    /// <summary>The account that this key signs for.</summary>
    public Address Address { get; }

    /// <summary>Makes the root of the tree under a seed.</summary>
    /// <param name="seed">16 to 64 bytes, as <see cref="Mnemonic.TryGetSeed"/> gives them.</param>
    /// <param name="key">Receives the root, or <see langword="null"/> when refused.</param>
    /// <param name="error">Receives the reason of a refusal.</param>
    public static bool TryFromSeed(ReadOnlySpan<byte> seed, out ExtendedKey? key, out DerivationError error)
    {
        key = null;
        if (seed.Length is < MinimumSeedBytes or > MaximumSeedBytes)
        {
            error = DerivationError.SeedLength;
            return false;
        }

        Span<byte> secrets = stackalloc byte[2 * KeyBytes];
        HmacSha512.Hash("Bitcoin seed"u8, seed, secrets);
        Span<byte> publicKey = stackalloc byte[Secp256k1.PublicKeyBytes];
        bool isKey = Secp256k1.TryGetPublicKey(secrets[..KeyBytes], publicKey);
        error = isKey ? DerivationError.None : DerivationError.NoKey;
        key = isKey ? new ExtendedKey(secrets, 0) : null;
        CryptographicOperations.ZeroMemory(secrets);
        return isKey;
    }

    /// <summary>Derives the key at a path below this one.</summary>
    /// <param name="path">Such as <c>m/44'/60'/0'/0/0</c>; <c>m</c> is this key, <c>'</c>, <c>h</c> or <c>H</c> marks a
    /// hardened index.</param>
    /// <param name="key">Receives the key, or <see langword="null"/> when refused.</param>
    /// <param name="error">Receives the reason of a refusal.</param>
    /// <exception cref="ObjectDisposedException">The key is zeroed already.</exception>
    public bool TryDerive(ReadOnlySpan<char> path, out ExtendedKey? key, out DerivationError error)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        key = null;
        if (path.IsEmpty || path[0] != 'm')
        {
            error = DerivationError.NoRoot;
            return false;
        }

        Span<byte> secrets = stackalloc byte[2 * KeyBytes];
        _secrets.CopyTo(secrets);
        int depth = Depth;
        error = DerivationError.None;
        ReadOnlySpan<char> rest = path[1..];
        while (!rest.IsEmpty && error == DerivationError.None)
        {
            error = ReadIndex(ref rest, out uint index);
            if (error == DerivationError.None)
            {
                error = ++depth > byte.MaxValue ? DerivationError.TooDeep
                    : TryStep(secrets, index) ? DerivationError.None : DerivationError.NoKey;
            }
        }

        key = error == DerivationError.None ? new ExtendedKey(secrets, depth) : null;
        CryptographicOperations.ZeroMemory(secrets);
        return key is not null;
    }

    /// <summary>Derives the key at a path that the program itself states.</summary>
    /// <param name="path">As <see cref="TryDerive"/> takes it.</param>
    /// <exception cref="ArgumentException">The path is refused; the message names the reason.</exception>
    public ExtendedKey Derive(ReadOnlySpan<char> path) =>
        TryDerive(path, out ExtendedKey? key, out DerivationError error)
            ? key!
            : throw new ArgumentException($"No key at this path: {error}.", nameof(path));

    /// <summary>Copies the private key: the one member that reveals it.</summary>
    /// <param name="destination">Receives 32 bytes, which the caller zeroes after use.</param>
    /// <exception cref="ObjectDisposedException">The key is zeroed already.</exception>
    public void CopyPrivateKey(Span<byte> destination)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _secrets.AsSpan(0, KeyBytes).CopyTo(destination);
    }

    /// <summary>Copies the chain code, which together with a child's private key reveals this one's.</summary>
    /// <param name="destination">Receives 32 bytes.</param>
    /// <exception cref="ObjectDisposedException">The key is zeroed already.</exception>
    public void CopyChainCode(Span<byte> destination)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _secrets.AsSpan(KeyBytes).CopyTo(destination);
    }

    /// <summary>Zeroes the key and the chain code; the key is unusable afterwards.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        CryptographicOperations.ZeroMemory(_secrets);
    }

    /// <summary>Names the account and the depth, and nothing secret.</summary>
    public override string ToString() => $"Key of {Address} at depth {Depth}";

    /// <summary>Reads "/index" off the front of a path.</summary>
    private static DerivationError ReadIndex(ref ReadOnlySpan<char> path, out uint index)
    {
        index = 0;
        if (path[0] != '/')
        {
            return DerivationError.InvalidIndex;
        }

        int end = path[1..].IndexOf('/');
        ReadOnlySpan<char> part = end < 0 ? path[1..] : path.Slice(1, end);
        path = end < 0 ? default : path[(end + 1)..];
        bool isHardened = !part.IsEmpty && part[^1] is '\'' or 'h' or 'H';
        ReadOnlySpan<char> digits = isHardened ? part[..^1] : part;
        if (digits.IsEmpty)
        {
            return DerivationError.InvalidIndex;
        }

        ulong value = 0;
        foreach (char digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return DerivationError.InvalidIndex;
            }

            // Stays below 2³¹ · 10 + 10: larger values are held at 2³¹.
            value = Math.Min((value * 10) + (ulong)(digit - '0'), Hardened);
        }

        if (value >= Hardened)
        {
            return DerivationError.IndexTooLarge;
        }

        index = (uint)value | (isHardened ? Hardened : 0);
        return DerivationError.None;
    }

    /// <summary>Replaces a key and chain code by those of its child.</summary>
    private static bool TryStep(Span<byte> secrets, uint index)
    {
        Span<byte> data = stackalloc byte[1 + KeyBytes + sizeof(uint)];
        Span<byte> digest = stackalloc byte[2 * KeyBytes];
        Span<byte> privateKey = secrets[..KeyBytes];
        Span<byte> chainCode = secrets[KeyBytes..];
        if (index >= Hardened)
        {
            data[0] = 0;
            privateKey.CopyTo(data[1..]);
        }
        else
        {
            // The public key in its compressed form: the parity of y, then x.
            Span<byte> publicKey = stackalloc byte[Secp256k1.PublicKeyBytes];
            Secp256k1.TryGetPublicKey(privateKey, publicKey);
            data[0] = (byte)(2 + (publicKey[^1] & 1));
            publicKey[..KeyBytes].CopyTo(data[1..]);
        }

        BinaryPrimitives.WriteUInt32BigEndian(data[(1 + KeyBytes)..], index);
        HmacSha512.Hash(chainCode, data, digest);
        bool isKey = Secp256k1.TryAddSecrets(privateKey, digest[..KeyBytes], privateKey);
        digest[KeyBytes..].CopyTo(chainCode);
        CryptographicOperations.ZeroMemory(data);
        CryptographicOperations.ZeroMemory(digest);
        return isKey;
    }
}
