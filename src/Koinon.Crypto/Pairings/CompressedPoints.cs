using Fp = Koinon.Crypto.Pairings.Bls12381Field;
using Fp2 = Koinon.Crypto.Pairings.Fp2<Koinon.Crypto.Pairings.Bls12381Field>;

namespace Koinon.Crypto.Pairings;

/// <summary>Points of BLS12-381 as x with three flags in its top bits: compressed, infinity, larger y.</summary>
/// <remarks>48 bytes for the curve, 96 for the twist with the imaginary half first. The Zcash format.</remarks>
internal static class CompressedPoints
{
    private const byte CompressedFlag = 0x80;
    private const byte InfinityFlag = 0x40;
    private const byte LargerFlag = 0x20;

    /// <summary>Reads a point of the curve, which need not lie in G1; refuses all but the canonical form.</summary>
    internal static bool TryReadG1(ReadOnlySpan<byte> bytes, out AffinePoint<Fp> point)
    {
        point = default;
        if (bytes.Length != 48 || !TryReadFlags(bytes, out bool isInfinity, out bool isLarger)) return false;
        if (isInfinity) return true;
        if (!TryReadX(bytes, out Fp x)) return false;

        Fp.Square(x, out Fp right);
        Fp.Multiply(right, x, out right);
        Fp.Add(right, Bls12381Curve.B, out right);
        if (!Bls12381G1Roots.TryRoot(right, out Fp y)) return false;
        if (IsLarger(y) != isLarger) Fp.Negate(y, out y);
        point = new AffinePoint<Fp>(x, y);
        return true;
    }

    /// <summary>Reads a point of the twist, which need not lie in G2; refuses all but the canonical form.</summary>
    internal static bool TryReadG2(ReadOnlySpan<byte> bytes, out AffinePoint<Fp2> point)
    {
        point = default;
        if (bytes.Length != 96 || !TryReadFlags(bytes, out bool isInfinity, out bool isLarger)) return false;
        if (isInfinity) return true;
        if (!TryReadX(bytes[..48], out Fp imaginary) || !Fp.TryRead(bytes[48..], out Fp real)) return false;

        Fp2 x = new(real, imaginary);
        Fp2.Square(x, out Fp2 right);
        Fp2.Multiply(right, x, out right);
        Fp2.Add(right, Bls12381Curve.TwistB, out right);
        if (!Bls12381G2Roots.TryRoot(right, out Fp2 y)) return false;
        if ((Fp.IsZero(y.C1) ? IsLarger(y.C0) : IsLarger(y.C1)) != isLarger) Fp2.Negate(y, out y);
        point = new AffinePoint<Fp2>(x, y);
        return true;
    }

    /// <summary>Writes a point of the curve in 48 bytes.</summary>
    internal static void WriteG1(in AffinePoint<Fp> point, Span<byte> bytes)
    {
        Fp.Write(point.X, bytes);
        bytes[0] |= CompressedFlag;
        if (point.IsInfinity) bytes[0] |= InfinityFlag;
        else if (IsLarger(point.Y)) bytes[0] |= LargerFlag;
    }

    private static bool TryReadFlags(ReadOnlySpan<byte> bytes, out bool isInfinity, out bool isLarger)
    {
        isInfinity = (bytes[0] & InfinityFlag) != 0;
        isLarger = (bytes[0] & LargerFlag) != 0;
        if ((bytes[0] & CompressedFlag) == 0) return false;
        return !isInfinity || (bytes[0] == (CompressedFlag | InfinityFlag) && !bytes[1..].ContainsAnyExcept((byte)0));
    }

    private static bool TryReadX(ReadOnlySpan<byte> bytes, out Fp x)
    {
        Span<byte> unflagged = stackalloc byte[48];
        bytes.CopyTo(unflagged);
        unflagged[0] &= LargerFlag - 1;
        return Fp.TryRead(unflagged, out x);
    }

    // Whether a number exceeds (p - 1) / 2: its double exceeds p, so that the double's residue is odd.
    private static bool IsLarger(in Fp a)
    {
        Fp.Double(a, out Fp twice);
        return Fp.IsOdd(twice);
    }
}
