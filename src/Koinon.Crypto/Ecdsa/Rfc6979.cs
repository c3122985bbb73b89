using System.Security.Cryptography;

namespace Koinon.Crypto.Ecdsa;

/// <summary>The deterministic nonces of RFC 6979 with HMAC-SHA-256, for groups whose order has 256 bits.</summary>
internal ref struct Rfc6979
{
    private const int Bytes = 32;

    private readonly Span<byte> _state;

    /// <summary>Starts the sequence for a secret and a hash (RFC 6979, section 3.2, steps a to f).</summary>
    /// <param name="secret">The secret key, 32 bytes.</param>
    /// <param name="reducedHash">The hash modulo the order, 32 bytes.</param>
    /// <param name="state">64 bytes that this instance keeps its secret state in; the caller zeroes them.</param>
    internal Rfc6979(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> reducedHash, Span<byte> state)
    {
        _state = state;
        Value.Fill(1);
        Key.Clear();
        Absorb(0, secret, reducedHash);
        Absorb(1, secret, reducedHash);
    }

    private readonly Span<byte> Value => _state[..Bytes];

    private readonly Span<byte> Key => _state.Slice(Bytes, Bytes);

    /// <summary>Gives the next candidate (step h); the caller checks its range.</summary>
    internal readonly void Next(Span<byte> nonce)
    {
        HmacSha256.Hash(Key, Value, Value);
        Value.CopyTo(nonce);
    }

    /// <summary>Moves on after a candidate that did not serve (step h.3).</summary>
    internal readonly void Reject() => Absorb(0, default, default);

    /// <summary>Key = HMAC(Key, Value ‖ tag ‖ secret ‖ hash), Value = HMAC(Key, Value).</summary>
    private readonly void Absorb(byte tag, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> reducedHash)
    {
        Span<byte> message = stackalloc byte[(3 * Bytes) + 1];
        Value.CopyTo(message);
        message[Bytes] = tag;
        secret.CopyTo(message[(Bytes + 1)..]);
        reducedHash.CopyTo(message[(Bytes + 1 + secret.Length)..]);
        HmacSha256.Hash(Key, message[..(Bytes + 1 + secret.Length + reducedHash.Length)], Key);
        HmacSha256.Hash(Key, Value, Value);
        CryptographicOperations.ZeroMemory(message);
    }
}
