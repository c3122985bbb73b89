using System.Buffers;
using Koinon.Crypto.Pairings;
using Fp = Koinon.Crypto.Pairings.Residue4<Koinon.Crypto.Pairings.Bn254BaseModulus>;
using Fp2 = Koinon.Crypto.Pairings.Fp2<
    Koinon.Crypto.Pairings.Residue4<Koinon.Crypto.Pairings.Bn254BaseModulus>>;
using Pairing = Koinon.Crypto.Pairings.Pairing<
    Koinon.Crypto.Pairings.Residue4<Koinon.Crypto.Pairings.Bn254BaseModulus>, Koinon.Crypto.Pairings.Bn254Curve>;

namespace Koinon.Crypto;

/// <summary>The curve BN254 (alt_bn128) in the encodings of its precompiles.</summary>
/// <remarks>
/// A coordinate is 32 bytes, big-endian, below the field's prime; a point of G1 is x then y, one of G2 is x then y with
/// the imaginary half of each first; infinity is all zeros. Safe for concurrent use. EIP-196, EIP-197.
/// </remarks>
public static class Bn254
{
    private const int FieldBytes = 32;
    private const int G1Bytes = 64;
    private const int PairBytes = 192;

    /// <summary>Adds two points of G1.</summary>
    /// <param name="input">Two points, 128 bytes.</param>
    /// <param name="output">Receives the sum, 64 bytes.</param>
    /// <returns><see langword="false"/> for a wrong length or what is not a point of the curve.</returns>
    public static bool TryAdd(ReadOnlySpan<byte> input, Span<byte> output)
    {
        if (input.Length != 2 * G1Bytes || output.Length < G1Bytes
            || !TryReadG1(input[..G1Bytes], out AffinePoint<Fp> a)
            || !TryReadG1(input[G1Bytes..], out AffinePoint<Fp> b))
        {
            return false;
        }

        JacobianPoint<Fp>.Add(new JacobianPoint<Fp>(a), b, out JacobianPoint<Fp> sum);
        WriteG1(sum, output);
        return true;
    }

    /// <summary>Multiplies a point of G1 by any 256-bit number.</summary>
    /// <param name="input">A point, then the number, 32 bytes big-endian: 96 bytes.</param>
    /// <param name="output">Receives the product, 64 bytes.</param>
    /// <returns><see langword="false"/> for a wrong length or what is not a point of the curve.</returns>
    public static bool TryMultiply(ReadOnlySpan<byte> input, Span<byte> output)
    {
        if (input.Length != G1Bytes + 32 || output.Length < G1Bytes
            || !TryReadG1(input[..G1Bytes], out AffinePoint<Fp> a))
        {
            return false;
        }

        Bn254Multiplication.Multiply(a, Limbs4.Read(input[G1Bytes..]), out JacobianPoint<Fp> product);
        WriteG1(product, output);
        return true;
    }

    /// <summary>Tells whether the product of the pairings of all pairs is one.</summary>
    /// <param name="input">Pairs of a point of G1 and one of G2, 192 bytes each; none gives one.</param>
    /// <param name="isOne">The answer; <see langword="false"/> when the input is refused.</param>
    /// <returns>
    /// <see langword="false"/> for a length not divisible by 192, a coordinate not below the prime, a point off its
    /// curve, a point of the twist outside the group of prime order.
    /// </returns>
    /// <remarks>Time grows with the pairs; one final exponentiation serves all.</remarks>
    public static bool TryPairing(ReadOnlySpan<byte> input, out bool isOne)
    {
        isOne = false;
        if (input.Length % PairBytes != 0) return false;

        int count = input.Length / PairBytes;
        AffinePoint<Fp>[] p = ArrayPool<AffinePoint<Fp>>.Shared.Rent(count);
        AffinePoint<Fp2>[] q = ArrayPool<AffinePoint<Fp2>>.Shared.Rent(count);
        LineSteps<Fp>[] steps = ArrayPool<LineSteps<Fp>>.Shared.Rent(count);
        bool isValid = TryReadPairs(input, p, q, out int used);
        if (isValid) isOne = Pairing.IsProductOne(p.AsSpan(0, used), q.AsSpan(0, used), steps);
        ArrayPool<AffinePoint<Fp>>.Shared.Return(p);
        ArrayPool<AffinePoint<Fp2>>.Shared.Return(q);
        ArrayPool<LineSteps<Fp>>.Shared.Return(steps);
        return isValid;
    }

    // Pairs with an infinity are checked and left out: their pairing is one.
    private static bool TryReadPairs(
        ReadOnlySpan<byte> input, Span<AffinePoint<Fp>> p, Span<AffinePoint<Fp2>> q, out int used)
    {
        used = 0;
        for (; input.Length > 0; input = input[PairBytes..])
        {
            if (!TryReadG1(input[..G1Bytes], out p[used])) return false;
            if (!TryReadG2(input[G1Bytes..PairBytes], out q[used])) return false;
            if (!p[used].IsInfinity && !q[used].IsInfinity) used++;
        }

        return true;
    }

    private static bool TryReadG1(ReadOnlySpan<byte> bytes, out AffinePoint<Fp> point)
    {
        point = default;
        return Fp.TryRead(bytes[..FieldBytes], out point.X) && Fp.TryRead(bytes[FieldBytes..], out point.Y)
            && (point.IsInfinity || point.IsOnCurve(Bn254Curve.B));
    }

    private static bool TryReadG2(ReadOnlySpan<byte> bytes, out AffinePoint<Fp2> point)
    {
        point = default;
        return Fp.TryRead(bytes[..32], out point.X.C1) && Fp.TryRead(bytes[32..64], out point.X.C0)
            && Fp.TryRead(bytes[64..96], out point.Y.C1) && Fp.TryRead(bytes[96..], out point.Y.C0)
            && (point.IsInfinity || (point.IsOnCurve(Bn254Curve.TwistB) && Bn254Curve.IsInG2(point)));
    }

    private static void WriteG1(in JacobianPoint<Fp> point, Span<byte> bytes)
    {
        point.ToAffine(out AffinePoint<Fp> affine);
        Fp.Write(affine.X, bytes);
        Fp.Write(affine.Y, bytes[FieldBytes..]);
    }
}
