using System.Text.Json;

namespace Koinon.Keys;

/// <summary>The fields of a key store that decryption needs, read out of its JSON.</summary>
internal sealed class KeyStoreFile
{
    private const int MaximumSaltBytes = 1024;

    /// <summary>The encrypted key, 32 bytes.</summary>
    internal byte[] CipherText { get; private set; } = [];

    /// <summary>The first counter block, 16 bytes.</summary>
    internal byte[] InitialBlock { get; private set; } = [];

    /// <summary>The Keccak-256 of derived key and cipher text, 32 bytes.</summary>
    internal byte[] Code { get; private set; } = [];

    /// <summary>The salt of the key derivation.</summary>
    internal byte[] Salt { get; private set; } = [];

    /// <summary>Bytes of the derived key.</summary>
    internal int DerivedBytes { get; private set; }

    /// <summary>Scrypt's parameters, or <see langword="null"/> for PBKDF2.</summary>
    internal KeyStoreCost? Scrypt { get; private set; }

    /// <summary>PBKDF2's rounds.</summary>
    internal int Rounds { get; private set; }

    /// <summary>The address in the file, 20 bytes, or <see langword="null"/> when it names none.</summary>
    internal byte[]? Address { get; private set; }

    /// <summary>Reads a key store.</summary>
    internal static KeyStoreError Read(ReadOnlyMemory<byte> json, out KeyStoreFile file)
    {
        file = new KeyStoreFile();
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            // The parser has no form that answers with a value; the text comes from outside.
            return KeyStoreError.InvalidJson;
        }

        using (document)
        {
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? file.ReadRoot(document.RootElement)
                : KeyStoreError.InvalidJson;
        }
    }

    private KeyStoreError ReadRoot(JsonElement root)
    {
        if (!TryGetNumber(root, "version", out int version) || version != 3)
        {
            return KeyStoreError.UnsupportedVersion;
        }

        // Early clients wrote the section with a capital.
        if (!TryGetObject(root, "crypto", out JsonElement crypto) && !TryGetObject(root, "Crypto", out crypto))
        {
            return KeyStoreError.MissingField;
        }

        if (TryGetText(root, "address", out string address) && address.Length > 0)
        {
            if (!TryReadHex(address, out byte[] bytes) || bytes.Length != Primitives.Address.Size)
            {
                return KeyStoreError.InvalidHex;
            }

            Address = bytes;
        }

        return ReadCrypto(crypto);
    }

    private KeyStoreError ReadCrypto(JsonElement crypto)
    {
        if (!TryGetText(crypto, "cipher", out string cipher)
            || !TryGetObject(crypto, "cipherparams", out JsonElement cipherParameters)
            || !TryGetText(crypto, "ciphertext", out string cipherText)
            || !TryGetText(cipherParameters, "iv", out string initialBlock)
            || !TryGetText(crypto, "mac", out string code)
            || !TryGetText(crypto, "kdf", out string derivation)
            || !TryGetObject(crypto, "kdfparams", out JsonElement parameters))
        {
            return KeyStoreError.MissingField;
        }

        if (cipher != "aes-128-ctr")
        {
            return KeyStoreError.UnsupportedCipher;
        }

        if (!TryReadHex(cipherText, out byte[] cipherTextBytes) || cipherTextBytes.Length != 32
            || !TryReadHex(initialBlock, out byte[] initialBlockBytes) || initialBlockBytes.Length != 16
            || !TryReadHex(code, out byte[] codeBytes) || codeBytes.Length != 32)
        {
            return KeyStoreError.InvalidHex;
        }

        CipherText = cipherTextBytes;
        InitialBlock = initialBlockBytes;
        Code = codeBytes;
        return ReadDerivation(derivation, parameters);
    }

    private KeyStoreError ReadDerivation(string derivation, JsonElement parameters)
    {
        if (!TryGetText(parameters, "salt", out string salt) || !TryGetNumber(parameters, "dklen", out int bytes))
        {
            return KeyStoreError.MissingField;
        }

        if (!TryReadHex(salt, out byte[] saltBytes) || saltBytes.Length > MaximumSaltBytes)
        {
            return KeyStoreError.InvalidHex;
        }

        Salt = saltBytes;
        DerivedBytes = bytes;
        switch (derivation)
        {
            case "scrypt":
                if (!TryGetNumber(parameters, "n", out int n) || !TryGetNumber(parameters, "r", out int r)
                    || !TryGetNumber(parameters, "p", out int p))
                {
                    return KeyStoreError.MissingField;
                }

                Scrypt = new KeyStoreCost(n, r, p);
                return KeyStoreError.None;
            case "pbkdf2":
                if (!TryGetNumber(parameters, "c", out int rounds)
                    || !TryGetText(parameters, "prf", out string function))
                {
                    return KeyStoreError.MissingField;
                }

                Rounds = rounds;
                return function == "hmac-sha256" ? KeyStoreError.None : KeyStoreError.UnsupportedKeyDerivation;
            default:
                return KeyStoreError.UnsupportedKeyDerivation;
        }
    }

    private static bool TryGetObject(JsonElement parent, string name, out JsonElement value) =>
        parent.TryGetProperty(name, out value) && value.ValueKind == JsonValueKind.Object;

    private static bool TryGetText(JsonElement parent, string name, out string value)
    {
        bool found = parent.TryGetProperty(name, out JsonElement element)
            && element.ValueKind == JsonValueKind.String;
        value = found ? element.GetString()! : "";
        return found;
    }

    private static bool TryGetNumber(JsonElement parent, string name, out int value)
    {
        value = 0;
        return parent.TryGetProperty(name, out JsonElement element) && element.ValueKind == JsonValueKind.Number
            && element.TryGetInt32(out value);
    }

    /// <summary>Reads hexadecimal text with or without 0x in front.</summary>
    private static bool TryReadHex(string text, out byte[] bytes)
    {
        ReadOnlySpan<char> digits = text.StartsWith("0x", StringComparison.Ordinal) ? text.AsSpan(2) : text;
        bytes = new byte[digits.Length / 2];
        return digits.Length % 2 == 0
            && Convert.FromHexString(digits, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
    }
}
