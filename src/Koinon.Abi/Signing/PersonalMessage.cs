using System.Buffers;
using System.Globalization;
using Koinon.Primitives;

namespace Koinon.Abi.Signing;

/// <summary>The digest of what a person signs as a plain message (EIP-191, version 0x45).</summary>
public static class PersonalMessage
{
    /// <summary>Hashes a message behind the words that no transaction begins with.</summary>
    /// <param name="message">Any bytes; a text in UTF-8.</param>
    public static Hash256 Hash(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> words = "\u0019Ethereum Signed Message:\n"u8;
        byte[] rented = ArrayPool<byte>.Shared.Rent(words.Length + 10 + message.Length);
        words.CopyTo(rented);
        int length = words.Length;
        message.Length.TryFormat(rented.AsSpan(length), out int digits, default, CultureInfo.InvariantCulture);
        length += digits;
        message.CopyTo(rented.AsSpan(length));
        Hash256 hash = Hash256.Keccak(rented.AsSpan(0, length + message.Length));
        ArrayPool<byte>.Shared.Return(rented);
        return hash;
    }
}
