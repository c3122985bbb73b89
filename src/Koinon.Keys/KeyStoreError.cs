namespace Koinon.Keys;

/// <summary>Why a key store gave no key.</summary>
public enum KeyStoreError
{
    /// <summary>It gave one.</summary>
    None,

    /// <summary>The text is not a JSON object.</summary>
    InvalidJson,

    /// <summary>The version is missing or not 3.</summary>
    UnsupportedVersion,

    /// <summary>A field that the format asks for is missing or of another type.</summary>
    MissingField,

    /// <summary>A field is not the hexadecimal text, of the right length, that the format asks for.</summary>
    InvalidHex,

    /// <summary>The cipher is not aes-128-ctr.</summary>
    UnsupportedCipher,

    /// <summary>The key derivation is neither scrypt nor pbkdf2 with hmac-sha256.</summary>
    UnsupportedKeyDerivation,

    /// <summary>The key derivation's numbers are not valid, or ask for more work or memory than is allowed.</summary>
    InvalidKeyDerivationParameters,

    /// <summary>The password is wrong, or the file was changed.</summary>
    WrongPassword,

    /// <summary>What was decrypted is no private key.</summary>
    InvalidSecret,

    /// <summary>The decrypted key is not that of the address the file names.</summary>
    AddressMismatch,
}
