using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Koinon.Crypto.Ecdsa;

namespace Koinon.Crypto;

/// <summary>ECDSA and Diffie-Hellman on secp256k1, the curve of Ethereum's keys.</summary>
/// <remarks>
/// Stateless and safe from any thread. Keys, hashes and scalars are 32 big-endian bytes; a public key is its two
/// coordinates, 64 bytes without a prefix; a signature is r and s, 64 bytes. Input of another length or outside its
/// range is refused, never thrown upon; spans that receive must be long enough.
/// Operations on a secret (signing, public key derivation, Diffie-Hellman) take time independent of it: no branch and
/// no table index depends on secret bits, see <c>K1SecretMultiplication</c>. Verification and recovery work on public
/// values and do not.
/// Source: SEC 1, SEC 2, RFC 6979, yellow paper appendix F.
/// </remarks>
public static class Secp256k1
{
    /// <summary>Length of a secret key, a hash and a scalar in bytes.</summary>
    public const int ScalarBytes = 32;

    /// <summary>Length of a public key in bytes: x and y.</summary>
    public const int PublicKeyBytes = 64;

    /// <summary>Length of a signature in bytes: r and s.</summary>
    public const int SignatureBytes = 64;

    /// <summary>Finds the public key that a signature was made with.</summary>
    /// <param name="hash">The signed hash.</param>
    /// <param name="r">The signature's r.</param>
    /// <param name="s">The signature's s; high values are taken too.</param>
    /// <param name="recoveryId">0 to 3: bit 0 is the parity of the nonce point's y, bit 1 tells that its x is
    /// r + n.</param>
    /// <param name="publicKey">Receives 64 bytes; unchanged when the answer is <see langword="false"/>.</param>
    /// <returns><see langword="false"/> when r or s is 0 or not below n, the recovery id is none, no point has that x,
    /// or the key would be infinity.</returns>
    /// <remarks>Source: SEC 1, section 4.1.6.</remarks>
    public static bool TryRecover(
        ReadOnlySpan<byte> hash, ReadOnlySpan<byte> r, ReadOnlySpan<byte> s, int recoveryId, Span<byte> publicKey)
    {
        return hash.Length == ScalarBytes && r.Length == ScalarBytes && s.Length == ScalarBytes
            && K1Recovery.TryRecover(hash, r, s, recoveryId, publicKey);
    }

    /// <summary>Finds the public keys of many signatures, faster than one by one.</summary>
    /// <param name="hashes">The signed hashes, 32 bytes each.</param>
    /// <param name="signatures">r and s of each, 64 bytes.</param>
    /// <param name="recoveryIds">The recovery id of each; their count is the count of signatures.</param>
    /// <param name="publicKeys">Receives 64 bytes for each; unchanged where a signature gives no key.</param>
    /// <param name="recovered">Receives for each what <see cref="TryRecover"/> would answer.</param>
    /// <returns>How many keys were found.</returns>
    /// <remarks>Working room is rented and does not grow with the count. Runs on the calling thread.</remarks>
    /// <exception cref="ArgumentException">A span is shorter than the count asks for.</exception>
    public static int RecoverMany(
        ReadOnlySpan<byte> hashes,
        ReadOnlySpan<byte> signatures,
        ReadOnlySpan<byte> recoveryIds,
        Span<byte> publicKeys,
        Span<bool> recovered)
    {
        int count = recoveryIds.Length;
        if (hashes.Length / ScalarBytes < count || signatures.Length / SignatureBytes < count
            || publicKeys.Length / PublicKeyBytes < count || recovered.Length < count)
        {
            throw new ArgumentException($"A span is too short for {count} signatures.", nameof(recoveryIds));
        }

        return K1Recovery.RecoverMany(hashes, signatures, recoveryIds, publicKeys, recovered);
    }

    /// <summary>Tells whether a signature of a hash was made with the secret of a public key.</summary>
    /// <param name="hash">The signed hash.</param>
    /// <param name="signature">r and s; a high s is taken too.</param>
    /// <param name="publicKey">The signer's public key.</param>
    /// <returns><see langword="false"/> also when r, s or the key is not valid.</returns>
    /// <remarks>Source: SEC 1, section 4.1.4.</remarks>
    public static bool Verify(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> publicKey)
    {
        if (hash.Length != ScalarBytes || signature.Length != SignatureBytes || publicKey.Length != PublicKeyBytes
            || !TryReadNonzero(signature[..ScalarBytes], out K1Scalar r)
            || !TryReadNonzero(signature[ScalarBytes..], out K1Scalar s)
            || !K1Affine.TryRead(publicKey, out K1Affine key))
        {
            return false;
        }

        K1Scalar.Read(hash, out K1Scalar z);
        K1Scalar.InvertVartime(in s, out K1Scalar inverse);
        K1Scalar.Multiply(in z, in inverse, out K1Scalar generatorFactor);
        K1Scalar.Multiply(in r, in inverse, out K1Scalar keyFactor);
        K1PublicMultiplication.MultiplyAdd(in key, in keyFactor, in generatorFactor, out K1Jacobian sum);
        return !sum.IsInfinity && HasX(in sum, in r);
    }

    /// <summary>Signs a hash.</summary>
    /// <param name="secret">The secret key, 1 to n - 1.</param>
    /// <param name="hash">The hash to sign.</param>
    /// <param name="signature">Receives r and s, s at most (n - 1)/2.</param>
    /// <param name="recoveryId">Receives 0 to 3, as <see cref="TryRecover"/> takes it.</param>
    /// <returns><see langword="false"/> when the secret or a length is not valid; nothing is written then.</returns>
    /// <remarks>Deterministic: the nonce is RFC 6979's with HMAC-SHA-256. Time is independent of secret and nonce.
    /// </remarks>
    [SkipLocalsInit]
    public static bool TrySign(
        ReadOnlySpan<byte> secret, ReadOnlySpan<byte> hash, Span<byte> signature, out int recoveryId)
    {
        recoveryId = 0;
        if (hash.Length != ScalarBytes || secret.Length != ScalarBytes || !TryReadNonzero(secret, out K1Scalar d))
        {
            return false;
        }

        Span<byte> state = stackalloc byte[64];
        Span<byte> bytes = stackalloc byte[ScalarBytes];
        K1Scalar.Read(hash, out K1Scalar z);
        z.Write(bytes);
        Rfc6979 nonces = new(secret, bytes, state);
        while (true)
        {
            // A candidate out of range or r = 0 or s = 0 comes once in 2¹²⁷ tries: leaving the loop tells nothing.
            nonces.Next(bytes);
            if (TryReadNonzero(bytes, out K1Scalar k)
                && TrySign(in d, in z, in k, out K1Scalar r, out K1Scalar s, out recoveryId))
            {
                r.Write(signature);
                s.Write(signature[ScalarBytes..]);
                K1Scalar.Erase(ref d);
                K1Scalar.Erase(ref k);
                CryptographicOperations.ZeroMemory(state);
                CryptographicOperations.ZeroMemory(bytes);
                return true;
            }

            nonces.Reject();
        }
    }

    /// <summary>Derives the public key of a secret key.</summary>
    /// <param name="secret">The secret key, 1 to n - 1.</param>
    /// <param name="publicKey">Receives x and y, 64 bytes.</param>
    /// <returns><see langword="false"/> when the secret is 0, n or more, or not 32 bytes.</returns>
    /// <remarks>Time is independent of the secret.</remarks>
    public static bool TryGetPublicKey(ReadOnlySpan<byte> secret, Span<byte> publicKey)
    {
        if (secret.Length != ScalarBytes || !TryReadNonzero(secret, out K1Scalar d))
        {
            return false;
        }

        K1SecretMultiplication.MultiplyGenerator(in d, out K1Jacobian point);
        K1Field.Invert(in point.Z, out K1Field inverseZ);
        point.ToAffine(in inverseZ, out K1Affine affine);
        affine.Write(publicKey);
        K1Scalar.Erase(ref d);
        return true;
    }

    /// <summary>Adds two secret keys modulo n: how a child key is derived (BIP-32).</summary>
    /// <param name="secret">A secret key, 1 to n - 1.</param>
    /// <param name="addend">What is added, 0 to n - 1.</param>
    /// <param name="sum">Receives 32 bytes; may be either input.</param>
    /// <returns><see langword="false"/> when an input is out of range or not 32 bytes, or the sum is 0.</returns>
    /// <remarks>Time is independent of both.</remarks>
    public static bool TryAddSecrets(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> addend, Span<byte> sum)
    {
        if (secret.Length != ScalarBytes || addend.Length != ScalarBytes
            || !TryReadNonzero(secret, out K1Scalar d) || !K1Scalar.Read(addend, out K1Scalar t))
        {
            return false;
        }

        K1Scalar.Add(in d, in t, out K1Scalar result);
        bool isKey = !result.IsZero;
        if (isKey)
        {
            result.Write(sum);
        }

        K1Scalar.Erase(ref d);
        K1Scalar.Erase(ref t);
        K1Scalar.Erase(ref result);
        return isKey;
    }

    /// <summary>Computes the x of secret times public key: what both sides of a Diffie-Hellman exchange
    /// share.</summary>
    /// <param name="secret">The own secret key, 1 to n - 1.</param>
    /// <param name="publicKey">The other side's public key.</param>
    /// <param name="sharedX">Receives 32 bytes.</param>
    /// <returns><see langword="false"/> when the secret or the public key is not valid.</returns>
    /// <remarks>Time is independent of the secret. Source: SEC 1, section 3.3.1.</remarks>
    public static bool TryEcdh(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> publicKey, Span<byte> sharedX)
    {
        if (secret.Length != ScalarBytes || publicKey.Length != PublicKeyBytes
            || !TryReadNonzero(secret, out K1Scalar d) || !K1Affine.TryRead(publicKey, out K1Affine key))
        {
            return false;
        }

        K1SecretMultiplication.Multiply(in key, in d, out K1Jacobian point);
        K1Field.Invert(in point.Z, out K1Field inverseZ);
        point.ToAffine(in inverseZ, out K1Affine affine);
        affine.X.Write(sharedX);
        K1Scalar.Erase(ref d);
        return true;
    }

    /// <summary>Signs with a given nonce.</summary>
    /// <returns><see langword="false"/> when r or s came out as 0.</returns>
    private static bool TrySign(
        in K1Scalar d, in K1Scalar z, in K1Scalar k, out K1Scalar r, out K1Scalar s, out int recoveryId)
    {
        Span<byte> x = stackalloc byte[K1Field.Bytes];
        K1SecretMultiplication.MultiplyGenerator(in k, out K1Jacobian point);
        K1Field.Invert(in point.Z, out K1Field inverseZ);
        point.ToAffine(in inverseZ, out K1Affine nonce);
        nonce.X.Write(x);
        bool isBelowOrder = K1Scalar.Read(x, out r);
        K1Scalar.Multiply(in r, in d, out K1Scalar product);
        K1Scalar.Add(in product, in z, out product);
        K1Scalar.Invert(in k, out K1Scalar inverse);
        K1Scalar.Multiply(in inverse, in product, out s);
        K1Scalar.Erase(ref inverse);
        K1Scalar.Erase(ref product);

        // -s signs as well, with the mirrored nonce point; the lower of the two is the only one Ethereum takes.
        ulong isHigh = s.HighMask;
        K1Scalar.Negate(in s, out K1Scalar mirrored);
        K1Scalar.MoveIf(ref s, in mirrored, isHigh);
        recoveryId = (int)((nonce.Y.L0 ^ isHigh) & 1) | (isBelowOrder ? 0 : 2);
        return !r.IsZero && !s.IsZero;
    }

    /// <summary>Whether the point's x is r modulo n, without an inversion: x = X/Z², so X = r·Z² or (r +
    /// n)·Z².</summary>
    private static bool HasX(in K1Jacobian point, in K1Scalar r)
    {
        K1Field.Square(in point.Z, out K1Field zz);
        K1Field.Multiply(r.ToField(), in zz, out K1Field expected);
        if (K1Field.AreEqual(in expected, in point.X))
        {
            return true;
        }

        if (!r.TryAddOrder(out K1Field x))
        {
            return false;
        }

        K1Field.Multiply(in x, in zz, out expected);
        return K1Field.AreEqual(in expected, in point.X);
    }

    private static bool TryReadNonzero(ReadOnlySpan<byte> source, out K1Scalar scalar) =>
        K1Scalar.Read(source, out scalar) & !scalar.IsZero;
}
