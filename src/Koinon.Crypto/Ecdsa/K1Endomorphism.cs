namespace Koinon.Crypto.Ecdsa;

/// <summary>secp256k1's cheap endomorphism: (x, y) ↦ (β·x, y) multiplies a point by λ.</summary>
/// <remarks>
/// With it k·P becomes k1·P + k2·λP of half the length (Gallant, Lambert, Vanstone). The constants are those of
/// libsecp256k1 (scalar_impl.h), where their bounds are proven.
/// </remarks>
internal static class K1Endomorphism
{
    /// <summary>λ, a cube root of one modulo n.</summary>
    internal static K1Scalar Lambda =>
        new(0xDF02967C1B23BD72, 0x122E22EA20816678, 0xA5261C028812645A, 0x5363AD4CC05C30E0);

    /// <summary>β, the matching cube root of one modulo p.</summary>
    internal static K1Field Beta =>
        K1Field.FromWords(0xC1396C28719501EE, 0x9CF0497512F58995, 0x6E64479EAC3434E9, 0x7AE96A2B657C0710);

    private static K1Scalar Rounding1 =>
        new(0xE893209A45DBB031, 0x3DAA8A1471E8CA7F, 0xE86C90E49284EB15, 0x3086D221A7D46BCD);

    private static K1Scalar Rounding2 =>
        new(0x1571B4AE8AC47F71, 0x221208AC9DF506C6, 0x6F547FA90ABFE4C4, 0xE4437ED6010E8828);

    private static K1Scalar MinusB1 => new(0x6F547FA90ABFE4C3, 0xE4437ED6010E8828, 0, 0);

    private static K1Scalar MinusB2 =>
        new(0xD765CDA83DB1562C, 0x8A280AC50774346D, 0xFFFFFFFFFFFFFFFE, 0xFFFFFFFFFFFFFFFF);

    /// <summary>Splits k into k1 + k2·λ (mod n), both of at most 128 bits in absolute value.</summary>
    /// <remarks>A negative part is given as n minus its absolute value. Time is independent of k.</remarks>
    internal static void Split(in K1Scalar k, out K1Scalar k1, out K1Scalar k2)
    {
        // c1 = round(k·b2/n), c2 = round(-k·b1/n), by products with 2³⁸⁴-fold reciprocals.
        MultiplyShift384(in k, Rounding1, out K1Scalar c1);
        MultiplyShift384(in k, Rounding2, out K1Scalar c2);
        K1Scalar.Multiply(in c1, MinusB1, out c1);
        K1Scalar.Multiply(in c2, MinusB2, out c2);
        K1Scalar.Add(in c1, in c2, out k2);
        K1Scalar.Multiply(in k2, Lambda, out k1);
        K1Scalar.Negate(in k1, out k1);
        K1Scalar.Add(in k1, in k, out k1);
    }

    /// <summary>round(a · b / 2³⁸⁴).</summary>
    private static void MultiplyShift384(in K1Scalar a, in K1Scalar b, out K1Scalar r)
    {
        Span<ulong> product = stackalloc ulong[8];
        K1Scalar.MultiplyWide(in a, in b, product);
        ulong round = product[5] >> 63;
        ulong low = product[6] + round;
        r = new K1Scalar(low, product[7] + (low < round ? 1UL : 0UL), 0, 0);
    }
}
