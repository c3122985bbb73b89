using Fp = Koinon.Crypto.Pairings.Bls12381Field;

namespace Koinon.Crypto.Pairings;

/// <summary>Square roots in the base field of BLS12-381, whose prime is 3 modulo 4.</summary>
internal readonly struct Bls12381G1Roots : ISquareRoots<Fp>
{
    private static readonly Fp Eleven = Fp.FromNumber(new Limbs6(11, 0, 0, 0, 0, 0));
    private static readonly Fp RootOfMinusZ = RootOfNegated(Eleven);

    // (p - 3) / 4.
    private static ReadOnlySpan<ulong> Exponent =>
    [
        0xee7fbfffffffeaaa, 0x07aaffffac54ffff, 0xd9cc34a83dac3d89, 0xd91dd2e13ce144af, 0x92c6e9ed90d2eb35,
        0x0680447a8e5ff9a6,
    ];

    /// <inheritdoc/>
    public static ref readonly Fp Z => ref Eleven;

    /// <inheritdoc/>
    public static bool IsSquareRatio(in Fp u, in Fp v, out Fp root)
    {
        // With t = u v^3: u v t^((p - 3) / 4) squares to u / v or to its negative.
        Fp.Square(v, out Fp t);
        Fp.Multiply(u, v, out Fp product);
        Fp.Multiply(t, product, out t);
        Powers.Raise(t, Exponent, out t);
        Fp.Multiply(t, product, out root);
        Fp.Square(root, out t);
        Fp.Multiply(t, v, out t);
        if (Fp.AreEqual(t, u)) return true;
        Fp.Multiply(root, RootOfMinusZ, out root);
        return false;
    }

    /// <inheritdoc/>
    public static bool IsOdd(in Fp a) => Fp.IsOdd(a);

    /// <summary>Finds a square root, if there is one.</summary>
    internal static bool TryRoot(in Fp a, out Fp root)
    {
        InverseRoot(a, out Fp inverse);
        Fp.Multiply(inverse, a, out root);
        Fp.Square(root, out Fp square);
        return Fp.AreEqual(square, a);
    }

    /// <summary>a^((p - 3) / 4): the inverse of a root of a, or of -a when a is no square; zero for zero.</summary>
    internal static void InverseRoot(in Fp a, out Fp result) => Powers.Raise(a, Exponent, out result);

    private static Fp RootOfNegated(in Fp a)
    {
        Fp.Negate(a, out Fp root);
        TryRoot(root, out root);
        return root;
    }
}
