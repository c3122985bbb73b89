using System.Buffers;
using Koinon.Crypto.Pairings;
using Fp = Koinon.Crypto.Pairings.Bls12381Field;
using Fp2 = Koinon.Crypto.Pairings.Fp2<Koinon.Crypto.Pairings.Bls12381Field>;
using Pairing = Koinon.Crypto.Pairings.Pairing<
    Koinon.Crypto.Pairings.Bls12381Field, Koinon.Crypto.Pairings.Bls12381Curve>;

namespace Koinon.Crypto;

/// <summary>The curve BLS12-381 in the encodings of its precompiles.</summary>
/// <remarks>
/// An element of the base field is 64 bytes, big-endian, below the field's prime (so the first 16 are zero); one of the
/// extension field is its real half, then its imaginary half; a point is x then y; infinity is all zeros. Safe for
/// concurrent use. EIP-2537.
/// </remarks>
public static class Bls12381
{
    private const int FieldBytes = 64;
    private const int G1Bytes = 128;
    private const int G2Bytes = 256;
    private const int ScalarBytes = 32;
    private const int PairBytes = G1Bytes + G2Bytes;

    /// <summary>Adds two points of the curve; they need not lie in G1.</summary>
    /// <param name="input">Two points, 256 bytes.</param>
    /// <param name="output">Receives the sum, 128 bytes.</param>
    /// <returns><see langword="false"/> for a wrong length or what is not a point of the curve.</returns>
    public static bool TryG1Add(ReadOnlySpan<byte> input, Span<byte> output)
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

    /// <summary>Adds two points of the twist; they need not lie in G2.</summary>
    /// <param name="input">Two points, 512 bytes.</param>
    /// <param name="output">Receives the sum, 256 bytes.</param>
    /// <returns><see langword="false"/> for a wrong length or what is not a point of the twist.</returns>
    public static bool TryG2Add(ReadOnlySpan<byte> input, Span<byte> output)
    {
        if (input.Length != 2 * G2Bytes || output.Length < G2Bytes
            || !TryReadG2(input[..G2Bytes], out AffinePoint<Fp2> a)
            || !TryReadG2(input[G2Bytes..], out AffinePoint<Fp2> b))
        {
            return false;
        }

        JacobianPoint<Fp2>.Add(new JacobianPoint<Fp2>(a), b, out JacobianPoint<Fp2> sum);
        WriteG2(sum, output);
        return true;
    }

    /// <summary>Sums multiples of points of G1.</summary>
    /// <param name="input">Pairs of a point and any 256-bit number, 160 bytes each, at least one.</param>
    /// <param name="output">Receives the sum, 128 bytes.</param>
    /// <returns>
    /// <see langword="false"/> for an empty input, a length not divisible by 160, or what is not a point of G1.
    /// </returns>
    public static bool TryG1MultiScalarMultiplication(ReadOnlySpan<byte> input, Span<byte> output)
    {
        const int itemBytes = G1Bytes + ScalarBytes;
        if (input.IsEmpty || input.Length % itemBytes != 0 || output.Length < G1Bytes) return false;

        int count = input.Length / itemBytes;
        AffinePoint<Fp>[] points = ArrayPool<AffinePoint<Fp>>.Shared.Rent(count);
        Limbs4[] factors = ArrayPool<Limbs4>.Shared.Rent(count);
        bool isValid = true;
        for (int i = 0; i < count && isValid; i++, input = input[itemBytes..])
        {
            isValid = TryReadG1(input[..G1Bytes], out points[i])
                && (points[i].IsInfinity || Bls12381Curve.IsInG1(points[i]));
            factors[i] = Limbs4.Read(input[G1Bytes..itemBytes]);
        }

        if (isValid)
        {
            Bls12381Sums.SumG1(points.AsSpan(0, count), factors.AsSpan(0, count), out JacobianPoint<Fp> sum);
            WriteG1(sum, output);
        }

        ArrayPool<AffinePoint<Fp>>.Shared.Return(points);
        ArrayPool<Limbs4>.Shared.Return(factors);
        return isValid;
    }

    /// <summary>Sums multiples of points of G2.</summary>
    /// <param name="input">Pairs of a point and any 256-bit number, 288 bytes each, at least one.</param>
    /// <param name="output">Receives the sum, 256 bytes.</param>
    /// <returns>
    /// <see langword="false"/> for an empty input, a length not divisible by 288, or what is not a point of G2.
    /// </returns>
    public static bool TryG2MultiScalarMultiplication(ReadOnlySpan<byte> input, Span<byte> output)
    {
        const int itemBytes = G2Bytes + ScalarBytes;
        if (input.IsEmpty || input.Length % itemBytes != 0 || output.Length < G2Bytes) return false;

        int count = input.Length / itemBytes;
        AffinePoint<Fp2>[] points = ArrayPool<AffinePoint<Fp2>>.Shared.Rent(count);
        Limbs4[] factors = ArrayPool<Limbs4>.Shared.Rent(count);
        bool isValid = true;
        for (int i = 0; i < count && isValid; i++, input = input[itemBytes..])
        {
            isValid = TryReadG2(input[..G2Bytes], out points[i])
                && (points[i].IsInfinity || Bls12381Curve.IsInG2(points[i]));
            factors[i] = Limbs4.Read(input[G2Bytes..itemBytes]);
        }

        if (isValid)
        {
            Bls12381Sums.SumG2(points.AsSpan(0, count), factors.AsSpan(0, count), out JacobianPoint<Fp2> sum);
            WriteG2(sum, output);
        }

        ArrayPool<AffinePoint<Fp2>>.Shared.Return(points);
        ArrayPool<Limbs4>.Shared.Return(factors);
        return isValid;
    }

    /// <summary>Tells whether the product of the pairings of all pairs is one.</summary>
    /// <param name="input">Pairs of a point of G1 and one of G2, 384 bytes each, at least one.</param>
    /// <param name="isOne">The answer; <see langword="false"/> when the input is refused.</param>
    /// <returns>
    /// <see langword="false"/> for an empty input, a length not divisible by 384, or what is not a point of its group.
    /// </returns>
    /// <remarks>Time grows with the pairs; one final exponentiation serves all.</remarks>
    public static bool TryPairing(ReadOnlySpan<byte> input, out bool isOne)
    {
        isOne = false;
        if (input.IsEmpty || input.Length % PairBytes != 0) return false;

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

    /// <summary>Maps an element of the base field to a point of G1.</summary>
    /// <param name="input">The element, 64 bytes.</param>
    /// <param name="output">Receives the point, 128 bytes.</param>
    /// <returns><see langword="false"/> for a wrong length or an element not below the prime.</returns>
    public static bool TryMapFpToG1(ReadOnlySpan<byte> input, Span<byte> output)
    {
        if (input.Length != FieldBytes || output.Length < G1Bytes || !TryReadField(input, out Fp u)) return false;

        Bls12381Maps.MapToG1(u, out JacobianPoint<Fp> point);
        WriteG1(point, output);
        return true;
    }

    /// <summary>Maps an element of the extension field to a point of G2.</summary>
    /// <param name="input">The element, 128 bytes.</param>
    /// <param name="output">Receives the point, 256 bytes.</param>
    /// <returns><see langword="false"/> for a wrong length or a half not below the prime.</returns>
    public static bool TryMapFp2ToG2(ReadOnlySpan<byte> input, Span<byte> output)
    {
        if (input.Length != 2 * FieldBytes || output.Length < G2Bytes) return false;
        if (!TryReadExtension(input, out Fp2 u)) return false;

        Bls12381Maps.MapToG2(u, out JacobianPoint<Fp2> point);
        WriteG2(point, output);
        return true;
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
            if (!p[used].IsInfinity && !Bls12381Curve.IsInG1(p[used])) return false;
            if (!q[used].IsInfinity && !Bls12381Curve.IsInG2(q[used])) return false;
            if (!p[used].IsInfinity && !q[used].IsInfinity) used++;
        }

        return true;
    }

    private static bool TryReadG1(ReadOnlySpan<byte> bytes, out AffinePoint<Fp> point)
    {
        point = default;
        return TryReadField(bytes[..FieldBytes], out point.X) && TryReadField(bytes[FieldBytes..], out point.Y)
            && (point.IsInfinity || point.IsOnCurve(Bls12381Curve.B));
    }

    private static bool TryReadG2(ReadOnlySpan<byte> bytes, out AffinePoint<Fp2> point)
    {
        point = default;
        return TryReadExtension(bytes[..G1Bytes], out point.X) && TryReadExtension(bytes[G1Bytes..], out point.Y)
            && (point.IsInfinity || point.IsOnCurve(Bls12381Curve.TwistB));
    }

    private static bool TryReadExtension(ReadOnlySpan<byte> bytes, out Fp2 element)
    {
        element = default;
        return TryReadField(bytes[..FieldBytes], out element.C0) && TryReadField(bytes[FieldBytes..], out element.C1);
    }

    private static bool TryReadField(ReadOnlySpan<byte> bytes, out Fp element)
    {
        int padding = FieldBytes - Fp.Length;
        if (!bytes[..padding].ContainsAnyExcept((byte)0)) return Fp.TryRead(bytes[padding..], out element);

        element = default;
        return false;
    }

    private static void WriteG1(in JacobianPoint<Fp> point, Span<byte> bytes)
    {
        point.ToAffine(out AffinePoint<Fp> affine);
        WriteField(affine.X, bytes);
        WriteField(affine.Y, bytes[FieldBytes..]);
    }

    private static void WriteG2(in JacobianPoint<Fp2> point, Span<byte> bytes)
    {
        point.ToAffine(out AffinePoint<Fp2> affine);
        WriteField(affine.X.C0, bytes);
        WriteField(affine.X.C1, bytes[FieldBytes..]);
        WriteField(affine.Y.C0, bytes[(2 * FieldBytes)..]);
        WriteField(affine.Y.C1, bytes[(3 * FieldBytes)..]);
    }

    private static void WriteField(in Fp element, Span<byte> bytes)
    {
        int padding = FieldBytes - Fp.Length;
        bytes[..padding].Clear();
        Fp.Write(element, bytes[padding..]);
    }
}
