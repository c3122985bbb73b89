using System.Runtime.CompilerServices;
using Fp = Koinon.Crypto.Pairings.Bls12381Field;
using Fp2 = Koinon.Crypto.Pairings.Fp2<Koinon.Crypto.Pairings.Bls12381Field>;
using Fp12 = Koinon.Crypto.Pairings.Fp12<
    Koinon.Crypto.Pairings.Bls12381Field, Koinon.Crypto.Pairings.Bls12381Curve>;

namespace Koinon.Crypto.Pairings;

/// <summary>BLS12-381: y^2 = x^3 + 4, the Barreto-Lynn-Scott curve of parameter x = -0xd201000000010000.</summary>
/// <remarks>ξ = 1 + u; the twist is of type M: y^2 = x^3 + 4 ξ. EIP-2537.</remarks>
internal readonly struct Bls12381Curve : IPairingCurve<Fp, Bls12381Curve>
{
    /// <summary>The negated parameter, -x.</summary>
    internal const ulong NegatedParameter = 0xd201000000010000;

    private static readonly Fp CurveB = Small(4);

    private static readonly Fp2 CurveTwistB = new(CurveB, CurveB);

    private static readonly FrobeniusConstants<Fp> FrobeniusOfW = new(
        new Fp2(Fp.One, Fp.One),
        [
            0x49aa7ffffffff1c7, 0x051caaaa72e35555, 0xe688231ad3c82906, 0xe613e1eb7deb831f, 0x0c849bf3b5e1f223,
            0x045582fc5eeaa66f,
        ]);

    // ψ scales x by 1 / ξ^((p - 1) / 3) and y by 1 / ξ^((p - 1) / 2).
    private static readonly Fp2 PsiOfX = Inverse(FrobeniusOfW.Gamma2);
    private static readonly Fp2 PsiOfY = Inverse(FrobeniusOfW.Gamma3);

    private static readonly AffinePoint<Fp> Generator1 = new(
        Parse(
            "17f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905"
            + "a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb"),
        Parse(
            "08b3f481e3aaa0f1a09e30ed741d8ae4fcf5e095d5d00af6"
            + "00db18cb2c04b3edd03cc744a2888ae40caa232946c5e7e1"));

    private static readonly AffinePoint<Fp2> Generator2 = new(
        new Fp2(
            Parse(
                "024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02"
                + "b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8"),
            Parse(
                "13e02b6052719f607dacd3a088274f65596bd0d09920b61a"
                + "b5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e")),
        new Fp2(
            Parse(
                "0ce5d527727d6e118cc9cdc6da2e351aadfd9baa8cbdd3a7"
                + "6d429a695160d12c923ac9cc3baca289e193548608b82801"),
            Parse(
                "0606c4a02ea734cc32acd2b02bc28b99cb3e287e85a763af"
                + "267492ab572e99ab3f370d275cec1da1aaa9075ff05f79be")));

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
        [0xffffffff00000001, 0x53bda402fffe5bfe, 0x3339d80809a1d805, 0x73eda753299d7d48];

    /// <inheritdoc/>
    public static ref readonly FrobeniusConstants<Fp> Frobenius => ref FrobeniusOfW;

    /// <inheritdoc/>
    /// <remarks>-x in binary: six of 64 bits are set.</remarks>
    public static ReadOnlySpan<sbyte> LoopDigits =>
    [
        1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <inheritdoc/>
    public static int LastLines => 0;

    /// <inheritdoc/>
    public static bool IsLoopNegative => true;

    /// <inheritdoc/>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyByXi(in Fp2 a, out Fp2 result)
    {
        // (a0 - a1) + (a0 + a1) u.
        Fp.Subtract(a.C0, a.C1, out Fp difference);
        Fp.Add(a.C0, a.C1, out result.C1);
        result.C0 = difference;
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyByLine(ref Fp12 accumulator, in Line<Fp> line, in AffinePoint<Fp> point)
    {
        Fp2.Scale(line.OfX, point.X, out Fp2 l1);
        Fp2.Scale(line.OfY, point.Y, out Fp2 l4);
        Fp12.MultiplyBy014(accumulator, line.Constant, l1, l4, out accumulator);
    }

    /// <inheritdoc/>
    public static void AddLastLines(ref LineSteps<Fp> steps, in AffinePoint<Fp2> q, Span<Line<Fp>> lines)
    {
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Three times (p^4 - p^2 + 1) / r, which is (x - 1)^2 (x + p)(x^2 + p^2 - 1) + 3 (Hayashida, Hayasaka and Teruya,
    /// ePrint 2020/875).
    /// </remarks>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ExponentiateHardPart(in Fp12 a, out Fp12 result)
    {
        Fp12.Conjugate(a, out Fp12 inverse);
        PowerByParameter(a, out Fp12 power);
        Fp12.Multiply(power, inverse, out power);

        Fp12.Conjugate(power, out inverse);
        PowerByParameter(power, out power);
        Fp12.Multiply(power, inverse, out power);

        Fp12.Frobenius(power, out inverse);
        PowerByParameter(power, out power);
        Fp12.Multiply(power, inverse, out power);

        PowerByParameter(power, out Fp12 product);
        PowerByParameter(product, out product);
        Fp12.FrobeniusSquared(power, out inverse);
        Fp12.Multiply(product, inverse, out product);
        Fp12.Conjugate(power, out inverse);
        Fp12.Multiply(product, inverse, out product);

        Fp12.SquareCyclotomic(a, out power);
        Fp12.Multiply(power, a, out power);
        Fp12.Multiply(product, power, out result);
    }

    /// <inheritdoc/>
    /// <remarks>φ(P) = -[x^2] P holds on G1 alone (Scott, ePrint 2021/1130).</remarks>
    public static bool IsInG1(in AffinePoint<Fp> point)
    {
        ScalarMultiplication.Multiply(point, NegatedParameter, out JacobianPoint<Fp> multiple);
        ScalarMultiplication.Multiply(multiple, NegatedParameter, out multiple);
        JacobianPoint<Fp>.Negate(multiple, out multiple);
        Endomorphism(point, out AffinePoint<Fp> image);
        return JacobianPoint<Fp>.AreEqual(multiple, new JacobianPoint<Fp>(image));
    }

    /// <inheritdoc/>
    /// <remarks>ψ(Q) = [x] Q holds on G2 alone (Scott, ePrint 2021/1130).</remarks>
    public static bool IsInG2(in AffinePoint<Fp2> point)
    {
        ScalarMultiplication.Multiply(point, NegatedParameter, out JacobianPoint<Fp2> multiple);
        JacobianPoint<Fp2>.Negate(multiple, out multiple);
        Psi(new JacobianPoint<Fp2>(point), out JacobianPoint<Fp2> image);
        return JacobianPoint<Fp2>.AreEqual(multiple, image);
    }

    /// <summary>φ: scales x by a cube root of one; on G1 it is multiplication by -x^2.</summary>
    internal static void Endomorphism(in AffinePoint<Fp> a, out AffinePoint<Fp> result)
    {
        Fp.Multiply(a.X, FrobeniusOfW.Norm2, out result.X);
        result.Y = a.Y;
    }

    /// <summary>ψ: the Frobenius map of the curve, carried to the twist; on G2 it is multiplication by x.</summary>
    internal static void Psi(in JacobianPoint<Fp2> a, out JacobianPoint<Fp2> result)
    {
        Fp2.Conjugate(a.X, out Fp2 coordinate);
        Fp2.Multiply(coordinate, PsiOfX, out result.X);
        Fp2.Conjugate(a.Y, out coordinate);
        Fp2.Multiply(coordinate, PsiOfY, out result.Y);
        Fp2.Conjugate(a.Z, out result.Z);
    }

    /// <summary>ψ of an affine point.</summary>
    internal static void Psi(in AffinePoint<Fp2> a, out AffinePoint<Fp2> result)
    {
        Fp2.Conjugate(a.X, out Fp2 coordinate);
        Fp2.Multiply(coordinate, PsiOfX, out result.X);
        Fp2.Conjugate(a.Y, out coordinate);
        Fp2.Multiply(coordinate, PsiOfY, out result.Y);
    }

    // a^x for the negative x: in the cyclotomic subgroup the conjugate is the inverse.
    private static void PowerByParameter(in Fp12 a, out Fp12 result)
    {
        Fp12.PowerCyclotomic(a, NegatedParameter, 2, out result);
        Fp12.Conjugate(result, out result);
    }

    private static Fp Small(ulong number) => Fp.FromNumber(new Limbs6(number, 0, 0, 0, 0, 0));

    private static Fp Parse(string hex)
    {
        Fp.TryRead(Convert.FromHexString(hex), out Fp value);
        return value;
    }

    private static Fp2 Inverse(in Fp2 value)
    {
        Fp2.Invert(value, out Fp2 inverse);
        return inverse;
    }
}
