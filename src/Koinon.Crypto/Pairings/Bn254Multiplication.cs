using Fp = Koinon.Crypto.Pairings.Residue4<Koinon.Crypto.Pairings.Bn254BaseModulus>;

namespace Koinon.Crypto.Pairings;

/// <summary>Multiplication of a point of BN254 by way of the endomorphism φ(x, y) = (β x, y), which is [λ].</summary>
/// <remarks>
/// A factor k is written k1 + k2 λ with halves below 2^128 in size: the lattice of all (a, b) with a + b λ divisible by
/// the order has the short basis (A, c), (c, -B). Gallant, Lambert and Vanstone, CRYPTO 2001.
/// </remarks>
internal static class Bn254Multiplication
{
    private const int HalfBits = 128;

    // A and B of the basis above, the lower limb first, and c.
    private const ulong BasisA0 = 0x0be4e1541221250b;
    private const ulong BasisA1 = 0x6f4d8248eeb859fd;
    private const ulong BasisB0 = 0x8211bbeb7d4f1128;
    private const ulong BasisB1 = 0x6f4d8248eeb859fc;
    private const ulong BasisSmall = 0x89d3256894d213e3;

    // 2^256 B / r and 2^256 c / r, rounded down.
    private static ReadOnlySpan<ulong> FirstQuotient => [0x7a7bd9d4391eb18d, 0x4ccef014a773d2cf, 2];

    private static ReadOnlySpan<ulong> SecondQuotient => [0xd91d232ec7e0b3d7, 2];

    /// <summary>Multiplies a point by any 256-bit number.</summary>
    internal static void Multiply(in AffinePoint<Fp> point, in Limbs4 factor, out JacobianPoint<Fp> result)
    {
        Decompose(factor, out Limbs4 half1, out bool negative1, out Limbs4 half2, out bool negative2);
        AffinePoint<Fp> image;
        Fp.Multiply(point.X, Bn254Curve.Frobenius.Norm4, out image.X);
        image.Y = point.Y;
        AffinePoint<Fp> first = point;
        if (negative1) AffinePoint<Fp>.Negate(first, out first);
        if (negative2) AffinePoint<Fp>.Negate(image, out image);
        PointSums<Fp>.Sum([first, image], [half1, half2], HalfBits, out result);
    }

    /// <summary>Writes a factor as k1 + k2 λ modulo the order, with sizes below 2^128 and signs.</summary>
    internal static void Decompose(
        in Limbs4 factor, out Limbs4 size1, out bool negative1, out Limbs4 size2, out bool negative2)
    {
        Span<ulong> k = [factor.L0, factor.L1, factor.L2, factor.L3];
        Multiprecision.Reduce(k, Bn254Curve.Order);

        // c1 = k B / r and c2 = k c / r; k1 = k - c1 A - c2 c, k2 = c2 B - c1 c, all modulo 2^256.
        Span<ulong> product = stackalloc ulong[7];
        Multiprecision.Multiply(k, FirstQuotient, product);
        ulong c10 = product[4], c11 = product[5];
        Multiprecision.Multiply(k, SecondQuotient, product[..6]);
        ulong c2 = product[4];

        Span<ulong> term = stackalloc ulong[4];
        Multiprecision.Multiply([c10, c11], [BasisA0, BasisA1], term);
        Multiprecision.Subtract(k, term);
        Multiprecision.Multiply([c2, 0], [BasisSmall, 0], term);
        Multiprecision.Subtract(k, term);
        Span<ulong> second = stackalloc ulong[4];
        Multiprecision.Multiply([c2, 0], [BasisB0, BasisB1], second);
        Multiprecision.Multiply([c10, c11], [BasisSmall, 0], term);
        Multiprecision.Subtract(second, term);

        negative1 = Multiprecision.MakePositive(k);
        negative2 = Multiprecision.MakePositive(second);
        size1 = new Limbs4(k[0], k[1], 0, 0);
        size2 = new Limbs4(second[0], second[1], 0, 0);
    }
}
