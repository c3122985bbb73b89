using Koinon.Crypto.Ecdsa;

namespace Koinon.Crypto;

/// <summary>Verification of ECDSA signatures on P-256 (secp256r1), as the precompile of EIP-7951 does it.</summary>
/// <remarks>Stateless and safe from any thread. For public values: time depends on the input.</remarks>
public static class P256
{
    /// <summary>Length of a hash, a scalar and a coordinate in bytes.</summary>
    public const int ScalarBytes = 32;

    /// <summary>Tells whether a signature of a hash was made with the secret of a public key.</summary>
    /// <param name="hash">The signed hash, 32 bytes, taken modulo the order as it is.</param>
    /// <param name="r">The signature's r, 32 bytes big-endian.</param>
    /// <param name="s">The signature's s, 32 bytes big-endian; high values are taken too.</param>
    /// <param name="x">The public key's x, 32 bytes big-endian.</param>
    /// <param name="y">The public key's y, 32 bytes big-endian.</param>
    /// <returns><see langword="false"/> also when r or s is 0 or not below n, a coordinate is not below p, the key is
    /// not on the curve (infinity, coded as two zeros, is not), or a length is wrong.</returns>
    /// <remarks>Source: EIP-7951; FIPS 186-5, section 6.4.2.</remarks>
    public static bool Verify(
        ReadOnlySpan<byte> hash,
        ReadOnlySpan<byte> r,
        ReadOnlySpan<byte> s,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<byte> y)
    {
        if (hash.Length != ScalarBytes || r.Length != ScalarBytes || s.Length != ScalarBytes
            || x.Length != ScalarBytes || y.Length != ScalarBytes
            || !TryReadNonzero(r, out P256Scalar scalarR) || !TryReadNonzero(s, out P256Scalar scalarS)
            || !P256Field.TryRead(x, out P256Field keyX) || !P256Field.TryRead(y, out P256Field keyY)
            || !P256Jacobian.IsOnCurve(in keyX, in keyY))
        {
            return false;
        }

        P256Scalar.Read(hash, out P256Scalar z);
        P256Scalar inverse = scalarS.InvertVartime();
        P256Multiplication.MultiplyAdd(
            in keyX,
            in keyY,
            P256Scalar.Multiply(in scalarR, in inverse),
            P256Scalar.Multiply(in z, in inverse),
            out P256Jacobian sum);
        return !sum.IsInfinity && HasX(in sum, in scalarR);
    }

    /// <summary>Whether the point's x is r modulo n, without an inversion: x = X/Z², so X = r·Z² or (r +
    /// n)·Z².</summary>
    private static bool HasX(in P256Jacobian point, in P256Scalar r)
    {
        P256Field.Square(in point.Z, out P256Field zz);
        P256Field.Multiply(r.ToField(), in zz, out P256Field expected);
        P256Field.Subtract(in expected, in point.X, 1, out expected);
        if (expected.IsZeroModulo())
        {
            return true;
        }

        if (!r.TryAddOrder(out P256Field x))
        {
            return false;
        }

        P256Field.Multiply(in x, in zz, out expected);
        P256Field.Subtract(in expected, in point.X, 1, out expected);
        return expected.IsZeroModulo();
    }

    private static bool TryReadNonzero(ReadOnlySpan<byte> source, out P256Scalar scalar) =>
        P256Scalar.Read(source, out scalar) && !scalar.IsZero;
}
