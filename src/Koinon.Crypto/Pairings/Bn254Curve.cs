using System.Runtime.CompilerServices;
using Fp = Koinon.Crypto.Pairings.Residue4<Koinon.Crypto.Pairings.Bn254BaseModulus>;
using Fp2 = Koinon.Crypto.Pairings.Fp2<
    Koinon.Crypto.Pairings.Residue4<Koinon.Crypto.Pairings.Bn254BaseModulus>>;
using Fp12 = Koinon.Crypto.Pairings.Fp12<
    Koinon.Crypto.Pairings.Residue4<Koinon.Crypto.Pairings.Bn254BaseModulus>, Koinon.Crypto.Pairings.Bn254Curve>;

namespace Koinon.Crypto.Pairings;

/// <summary>BN254, also alt_bn128: y^2 = x^3 + 3, the Barreto-Naehrig curve with x = 0x44e992b44a6909f1.</summary>
/// <remarks>ξ = 9 + u; the twist is of type D: y^2 = x^3 + 3 / ξ. EIP-196, EIP-197.</remarks>
internal readonly struct Bn254Curve : IPairingCurve<Fp, Bn254Curve>
{
    /// <summary>The curve's parameter x.</summary>
    internal const ulong Parameter = 0x44e992b44a6909f1;

    private static readonly Fp CurveB = Small(3);

    private static readonly FrobeniusConstants<Fp> FrobeniusOfW = new(
        new Fp2(Small(9), Fp.One),
        [0x34b017592414d4e1, 0xee9591c2e6bda1c2, 0xf40d60f3c0403964, 0x0810b7bdd032f006]);

    private static readonly Fp2 CurveTwistB = DivideByXi(CurveB);

    private static readonly AffinePoint<Fp> Generator1 = new(Small(1), Small(2));

    private static readonly AffinePoint<Fp2> Generator2 = new(
        new Fp2(
            Parse("1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed"),
            Parse("198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2")),
        new Fp2(
            Parse("12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa"),
            Parse("090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b")));

    /// <inheritdoc/>
    public static ref readonly Fp B => ref CurveB;

    /// <inheritdoc/>
    public static ref readonly Fp2 TwistB => ref CurveTwistB;

    /// <inheritdoc/>
    public static ref readonly AffinePoint<Fp> G1Generator => ref Generator1;

    /// <inheritdoc/>
    public static ref readonly AffinePoint<Fp2> G2Generator => ref Generator2;

    /// <inheritdoc/>
    public static ReadOnlySpan<ulong> Order =>
        [0x43e1f593f0000001, 0x2833e84879b97091, 0xb85045b68181585d, 0x30644e72e131a029];

    /// <inheritdoc/>
    public static ref readonly FrobeniusConstants<Fp> Frobenius => ref FrobeniusOfW;

    /// <inheritdoc/>
    /// <remarks>6 x + 2 in non-adjacent form: 22 of 66 digits are not zero.</remarks>
    public static ReadOnlySpan<sbyte> LoopDigits =>
    [
        0, -1, 0, 1, 0, 0, 0, -1, 0, -1, 0, 0, 0, -1, 0, 1, 0, -1, 0, 0, -1, 0, 0, 0, 0, 0, 1, 0, 0, -1, 0, 1, 0,
        0, -1, 0, 0, 0, 0, -1, 0, 1, 0, 0, 0, -1, 0, -1, 0, 0, 1, 0, 0, 0, -1, 0, 0, -1, 0, 1, 0, 1, 0, 0, 0,
    ];

    /// <inheritdoc/>
    public static int LastLines => 2;

    /// <inheritdoc/>
    public static bool IsLoopNegative => false;

    /// <inheritdoc/>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyByXi(in Fp2 a, out Fp2 result)
    {
        // (9 a0 - a1) + (9 a1 + a0) u.
        Fp.MultiplySmallSubtract(a.C0, 9, a.C1, out Fp c0);
        Fp.MultiplySmallAdd(a.C1, 9, a.C0, out result.C1);
        result.C0 = c0;
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyByLine(ref Fp12 accumulator, in Line<Fp> line, in AffinePoint<Fp> point)
    {
        Fp2.Scale(line.OfY, point.Y, out Fp2 l0);
        Fp2.Scale(line.OfX, point.X, out Fp2 l3);
        Fp12.MultiplyBy034(accumulator, l0, l3, line.Constant, out accumulator);
    }

    /// <inheritdoc/>
    public static void AddLastLines(ref LineSteps<Fp> steps, in AffinePoint<Fp2> q, Span<Line<Fp>> lines)
    {
        Frobenius1(q, out AffinePoint<Fp2> image);
        steps.Add(image, out lines[0]);
        Frobenius1(image, out image);
        steps.Add(-1, image, out lines[1]);
    }

    /// <inheritdoc/>
    /// <remarks>The exact exponent, by Scott and others (ePrint 2008/490), with three powers by x.</remarks>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ExponentiateHardPart(in Fp12 a, out Fp12 result)
    {
        Fp12.PowerCyclotomic(a, Parameter, 4, out Fp12 ax);
        Fp12.PowerCyclotomic(ax, Parameter, 4, out Fp12 axx);
        Fp12.PowerCyclotomic(axx, Parameter, 4, out Fp12 axxx);

        // y0 = a^p a^(p^2) a^(p^3), y1 = 1/a, y2 = (a^(x^2))^(p^2), y3 = 1/(a^x)^p,
        // y4 = 1/(a^x (a^(x^2))^p), y5 = 1/a^(x^2), y6 = 1/(a^(x^3) (a^(x^3))^p).
        Fp12.Frobenius(axxx, out Fp12 y6);
        Fp12.Multiply(y6, axxx, out y6);
        Fp12.Conjugate(y6, out y6);
        Fp12.Frobenius(axx, out Fp12 y4);
        Fp12.Multiply(y4, ax, out y4);
        Fp12.Conjugate(y4, out y4);
        Fp12.Conjugate(axx, out Fp12 y5);
        Fp12.Frobenius(ax, out Fp12 y3);
        Fp12.Conjugate(y3, out y3);

        // y0 y1^2 y2^6 y3^12 y4^18 y5^30 y6^36 by a vectorial addition chain.
        Fp12.SquareCyclotomic(y6, out Fp12 t0);
        Fp12.Multiply(t0, y4, out t0);
        Fp12.Multiply(t0, y5, out t0);
        Fp12.Multiply(y3, y5, out Fp12 t1);
        Fp12.Multiply(t1, t0, out t1);
        Fp12.FrobeniusSquared(axx, out Fp12 y);
        Fp12.Multiply(t0, y, out t0);
        Fp12.SquareCyclotomic(t1, out t1);
        Fp12.Multiply(t1, t0, out t1);
        Fp12.SquareCyclotomic(t1, out t1);
        Fp12.Conjugate(a, out y);
        Fp12.Multiply(t1, y, out t0);
        Fp12.Frobenius(a, out y);
        Fp12.Multiply(t1, y, out t1);
        Fp12.FrobeniusSquared(a, out y3);
        Fp12.Multiply(t1, y3, out t1);
        Fp12.FrobeniusSquared(y, out y);
        Fp12.Multiply(t1, y, out t1);
        Fp12.SquareCyclotomic(t0, out t0);
        Fp12.Multiply(t0, t1, out result);
    }

    /// <inheritdoc/>
    /// <remarks>Every point of the curve: its cofactor is one.</remarks>
    public static bool IsInG1(in AffinePoint<Fp> point) => true;

    /// <inheritdoc/>
    /// <remarks>
    /// [x + 1] Q + ψ([x] Q) + ψ^2([x] Q) = ψ^3([2 x] Q) holds on G2 alone (El Housni, Guillevic and Piellard,
    /// ePrint 2022/348).
    /// </remarks>
    public static bool IsInG2(in AffinePoint<Fp2> point)
    {
        ScalarMultiplication.Multiply(point, Parameter, out JacobianPoint<Fp2> multiple);
        JacobianPoint<Fp2>.Add(multiple, point, out JacobianPoint<Fp2> left);
        Frobenius1(multiple, out JacobianPoint<Fp2> image);
        JacobianPoint<Fp2>.Add(left, image, out left);
        Frobenius1(image, out image);
        JacobianPoint<Fp2>.Add(left, image, out left);
        Frobenius1(image, out image);
        JacobianPoint<Fp2>.Double(image, out image);
        return JacobianPoint<Fp2>.AreEqual(left, image);
    }

    /// <summary>ψ: the Frobenius map of the curve, carried to the twist.</summary>
    internal static void Frobenius1(in AffinePoint<Fp2> a, out AffinePoint<Fp2> result)
    {
        Fp2.Conjugate(a.X, out Fp2 x);
        Fp2.Multiply(x, FrobeniusOfW.Gamma2, out result.X);
        Fp2.Conjugate(a.Y, out Fp2 y);
        Fp2.Multiply(y, FrobeniusOfW.Gamma3, out result.Y);
    }

    private static void Frobenius1(in JacobianPoint<Fp2> a, out JacobianPoint<Fp2> result)
    {
        Fp2.Conjugate(a.X, out Fp2 coordinate);
        Fp2.Multiply(coordinate, FrobeniusOfW.Gamma2, out result.X);
        Fp2.Conjugate(a.Y, out coordinate);
        Fp2.Multiply(coordinate, FrobeniusOfW.Gamma3, out result.Y);
        Fp2.Conjugate(a.Z, out result.Z);
    }

    private static Fp Small(ulong number) => Fp.FromNumber(new Limbs4(number, 0, 0, 0));

    private static Fp Parse(string hex)
    {
        Fp.TryRead(Convert.FromHexString(hex), out Fp value);
        return value;
    }

    private static Fp2 DivideByXi(in Fp value)
    {
        Fp2.Invert(new Fp2(Small(9), Fp.One), out Fp2 inverse);
        Fp2.Scale(inverse, value, out inverse);
        return inverse;
    }
}
