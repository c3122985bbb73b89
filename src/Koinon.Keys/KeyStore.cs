using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Koinon.Crypto;
using Koinon.Primitives;

namespace Koinon.Keys;

/// <summary>The JSON file that keeps one private key under a password: Web3 secret storage, version 3.</summary>
/// <remarks>Stateless and safe from any thread. Source: ethereum.org, "Web3 secret storage definition".</remarks>
public static class KeyStore
{
    /// <summary>Length of a private key in bytes.</summary>
    public const int SecretBytes = 32;

    /// <summary>The most PBKDF2 rounds that are run: 40 times the custom, some ten seconds.</summary>
    public const int MaximumRounds = 10_000_000;

    /// <summary>The most work that scrypt is allowed, as N·r·p: 8 times the custom, some ten seconds.</summary>
    public const long MaximumScryptWork = 16L << 20;

    /// <summary>Half of the derived key encrypts, half authenticates.</summary>
    private const int DerivedBytes = 32;

    private const int MaximumDerivedBytes = 128;

    private const int SaltBytes = 32;

    private const int BlockBytes = 16;

    /// <summary>Decrypts a key store.</summary>
    /// <param name="json">The file's bytes, UTF-8.</param>
    /// <param name="password">The password; its UTF-8 form is what counts, not normalised.</param>
    /// <param name="secret">Receives the private key, 32 bytes, which the caller zeroes after use; zeros when
    /// refused.</param>
    /// <param name="error">Receives the reason of a refusal.</param>
    /// <remarks>About a second with the customary parameters. Work and memory are bounded, whatever the file
    /// says.</remarks>
    public static bool TryDecrypt(
        ReadOnlyMemory<byte> json, ReadOnlySpan<char> password, Span<byte> secret, out KeyStoreError error)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(secret.Length, SecretBytes);
        secret.Clear();
        error = KeyStoreFile.Read(json, out KeyStoreFile file);
        if (error != KeyStoreError.None)
        {
            return false;
        }

        if (file.DerivedBytes is < DerivedBytes or > MaximumDerivedBytes)
        {
            error = KeyStoreError.InvalidKeyDerivationParameters;
            return false;
        }

        Span<byte> derived = stackalloc byte[MaximumDerivedBytes];
        error = Derive(file, password, derived[..file.DerivedBytes]);
        if (error == KeyStoreError.None)
        {
            error = Open(file, derived, secret[..SecretBytes]);
        }

        CryptographicOperations.ZeroMemory(derived);
        return error == KeyStoreError.None;
    }

    /// <inheritdoc cref="TryDecrypt(ReadOnlyMemory{byte}, ReadOnlySpan{char}, Span{byte}, out KeyStoreError)"/>
    /// <param name="json">The file's text.</param>
    /// <param name="password">The password.</param>
    /// <param name="secret">Receives the private key.</param>
    /// <param name="error">Receives the reason of a refusal.</param>
    public static bool TryDecrypt(
        string json, ReadOnlySpan<char> password, Span<byte> secret, out KeyStoreError error) =>
        TryDecrypt(Encoding.UTF8.GetBytes(json), password, secret, out error);

    /// <summary>Encrypts a private key with fresh randomness.</summary>
    /// <param name="secret">The private key, 32 bytes, 1 to n - 1.</param>
    /// <param name="password">The password; its UTF-8 form is what counts, not normalised.</param>
    /// <param name="cost">How hard guessing passwords is to be.</param>
    /// <returns>The file's text, without a line break at its end.</returns>
    /// <exception cref="ArgumentException">The secret is no private key, or the cost is not scrypt's or beyond
    /// <see cref="MaximumScryptWork"/>.</exception>
    public static string Encrypt(ReadOnlySpan<byte> secret, ReadOnlySpan<char> password, KeyStoreCost cost)
    {
        if (!TryGetAddress(secret, out Address address))
        {
            throw new ArgumentException("The secret is not a private key of secp256k1.", nameof(secret));
        }

        Span<byte> salt = stackalloc byte[SaltBytes];
        Span<byte> initialBlock = stackalloc byte[BlockBytes];
        RandomNumberGenerator.Fill(salt);
        RandomNumberGenerator.Fill(initialBlock);
        Span<byte> derived = stackalloc byte[DerivedBytes];
        if (DeriveScrypt(cost, salt, password, derived) != KeyStoreError.None)
        {
            throw new ArgumentException("The cost is not valid for scrypt or too high.", nameof(cost));
        }

        Span<byte> cipherText = stackalloc byte[SecretBytes];
        Span<byte> code = stackalloc byte[Keccak256.HashBytes];
        ApplyCounterMode(derived[..BlockBytes], initialBlock, secret, cipherText);
        Authenticate(derived, cipherText, code);
        CryptographicOperations.ZeroMemory(derived);
        return Write(address, cost, salt, initialBlock, cipherText, code);
    }

    private static string Write(
        Address address,
        KeyStoreCost cost,
        ReadOnlySpan<byte> salt,
        ReadOnlySpan<byte> initialBlock,
        ReadOnlySpan<byte> cipherText,
        ReadOnlySpan<byte> code)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("address", Convert.ToHexStringLower(Address.AsSpan(in address)));
            writer.WriteStartObject("crypto");
            writer.WriteString("cipher", "aes-128-ctr");
            writer.WriteString("ciphertext", Convert.ToHexStringLower(cipherText));
            writer.WriteStartObject("cipherparams");
            writer.WriteString("iv", Convert.ToHexStringLower(initialBlock));
            writer.WriteEndObject();
            writer.WriteString("kdf", "scrypt");
            writer.WriteStartObject("kdfparams");
            writer.WriteNumber("dklen", DerivedBytes);
            writer.WriteNumber("n", cost.N);
            writer.WriteNumber("p", cost.P);
            writer.WriteNumber("r", cost.R);
            writer.WriteString("salt", Convert.ToHexStringLower(salt));
            writer.WriteEndObject();
            writer.WriteString("mac", Convert.ToHexStringLower(code));
            writer.WriteEndObject();
            writer.WriteString("id", NewId());
            writer.WriteNumber("version", 3);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A random UUID (RFC 9562, version 4).</summary>
    private static string NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }

    private static KeyStoreError Derive(KeyStoreFile file, ReadOnlySpan<char> password, Span<byte> derived)
    {
        if (file.Scrypt is { } cost)
        {
            return DeriveScrypt(cost, file.Salt, password, derived);
        }

        if (file.Rounds is < 1 or > MaximumRounds)
        {
            return KeyStoreError.InvalidKeyDerivationParameters;
        }

        byte[] bytes = PasswordBytes(password);
        Rfc2898DeriveBytes.Pbkdf2(bytes, file.Salt, derived, file.Rounds, HashAlgorithmName.SHA256);
        CryptographicOperations.ZeroMemory(bytes);
        return KeyStoreError.None;
    }

    private static KeyStoreError DeriveScrypt(
        KeyStoreCost cost, ReadOnlySpan<byte> salt, ReadOnlySpan<char> password, Span<byte> derived)
    {
        // Each factor below 2³¹, hence the wide product; negative ones are refused by scrypt itself.
        if ((Int128)cost.N * cost.R * cost.P > MaximumScryptWork)
        {
            return KeyStoreError.InvalidKeyDerivationParameters;
        }

        byte[] bytes = PasswordBytes(password);
        bool derivedOne = Scrypt.TryDerive(bytes, salt, cost.N, cost.R, cost.P, derived);
        CryptographicOperations.ZeroMemory(bytes);
        return derivedOne ? KeyStoreError.None : KeyStoreError.InvalidKeyDerivationParameters;
    }

    private static byte[] PasswordBytes(ReadOnlySpan<char> password)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(password)];
        Encoding.UTF8.GetBytes(password, bytes);
        return bytes;
    }

    /// <summary>Checks the code, decrypts, checks the key.</summary>
    private static KeyStoreError Open(KeyStoreFile file, ReadOnlySpan<byte> derived, Span<byte> secret)
    {
        Span<byte> code = stackalloc byte[Keccak256.HashBytes];
        Authenticate(derived, file.CipherText, code);
        if (!CryptographicOperations.FixedTimeEquals(code, file.Code))
        {
            return KeyStoreError.WrongPassword;
        }

        ApplyCounterMode(derived[..BlockBytes], file.InitialBlock, file.CipherText, secret);
        KeyStoreError error = !TryGetAddress(secret, out Address address) ? KeyStoreError.InvalidSecret
            : file.Address is not null && new Address(file.Address) != address ? KeyStoreError.AddressMismatch
            : KeyStoreError.None;
        if (error != KeyStoreError.None)
        {
            CryptographicOperations.ZeroMemory(secret);
        }

        return error;
    }

    /// <summary>The Keccak-256 of the derived key's second half and the cipher text.</summary>
    private static void Authenticate(ReadOnlySpan<byte> derived, ReadOnlySpan<byte> cipherText, Span<byte> code)
    {
        Span<byte> message = stackalloc byte[BlockBytes + SecretBytes];
        derived.Slice(BlockBytes, BlockBytes).CopyTo(message);
        cipherText.CopyTo(message[BlockBytes..]);
        Keccak256.Hash(message, code);
        CryptographicOperations.ZeroMemory(message);
    }

    /// <summary>AES-128 in counter mode: the runtime has only blocks, two of which are all a key needs.</summary>
    private static void ApplyCounterMode(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> initialBlock, ReadOnlySpan<byte> input, Span<byte> output)
    {
        Span<byte> stream = stackalloc byte[2 * BlockBytes];
        UInt128 counter = BinaryPrimitives.ReadUInt128BigEndian(initialBlock);
        BinaryPrimitives.WriteUInt128BigEndian(stream, counter);
        BinaryPrimitives.WriteUInt128BigEndian(stream[BlockBytes..], unchecked(counter + 1));
        using Aes aes = Aes.Create();
        aes.SetKey(key);
        aes.EncryptEcb(stream, stream, PaddingMode.None);
        for (int i = 0; i < SecretBytes; i++)
        {
            output[i] = (byte)(input[i] ^ stream[i]);
        }

        CryptographicOperations.ZeroMemory(stream);
    }

    /// <summary>Finds the account of a private key.</summary>
    /// <param name="secret">The private key, 32 bytes.</param>
    /// <param name="address">The account's address.</param>
    /// <returns><see langword="false"/> where the bytes are no private key.</returns>
    public static bool TryGetAddress(ReadOnlySpan<byte> secret, out Address address)
    {
        Span<byte> publicKey = stackalloc byte[Secp256k1.PublicKeyBytes];
        if (!Secp256k1.TryGetPublicKey(secret, publicKey))
        {
            address = default;
            return false;
        }

        Span<byte> digest = stackalloc byte[Keccak256.HashBytes];
        Keccak256.Hash(publicKey, digest);
        address = new Address(digest[(Keccak256.HashBytes - Address.Size)..]);
        return true;
    }
}
