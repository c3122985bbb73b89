using Koinon.Crypto.Pairings;
using Fp = Koinon.Crypto.Pairings.Bls12381Field;
using Fp2 = Koinon.Crypto.Pairings.Fp2<Koinon.Crypto.Pairings.Bls12381Field>;

namespace Koinon.Crypto.Commitments;

/// <summary>Reads the ceremony's points from the assembly: 65 of G2, then twice 4,096 of G1, compressed.</summary>
internal static class KzgSetup
{
    /// <summary>Elements of a blob, and points of G1 in each form.</summary>
    internal const int Size = 4096;

    private const string Resource = "kzg-setup.bin";
    private const int G1Bytes = 48;
    private const int G2Bytes = 96;
    private const int MonomialOffset = 65 * G2Bytes;
    private const int LagrangeOffset = MonomialOffset + (Size * G1Bytes);

    /// <summary>Reads the first points of [τ^i] G1.</summary>
    internal static AffinePoint<Fp>[] ReadMonomial(int count) => ReadG1(MonomialOffset, count);

    /// <summary>Reads [L_i(τ)] G1 for the Lagrange polynomials of all roots, in the roots' natural order.</summary>
    internal static AffinePoint<Fp>[] ReadLagrange() => ReadG1(LagrangeOffset, Size);

    /// <summary>Reads [τ^power] G2.</summary>
    internal static AffinePoint<Fp2> ReadG2(int power)
    {
        Span<byte> bytes = stackalloc byte[G2Bytes];
        using Stream stream = Open(power * G2Bytes);
        stream.ReadExactly(bytes);
        if (!CompressedPoints.TryReadG2(bytes, out AffinePoint<Fp2> point)) throw Damaged();
        return point;
    }

    private static AffinePoint<Fp>[] ReadG1(int offset, int count)
    {
        AffinePoint<Fp>[] points = new AffinePoint<Fp>[count];
        Span<byte> bytes = stackalloc byte[G1Bytes];
        using Stream stream = Open(offset);
        for (int i = 0; i < count; i++)
        {
            // The points are known to lie in G1 (KzgSetupTests): only the curve's equation is solved.
            stream.ReadExactly(bytes);
            if (!CompressedPoints.TryReadG1(bytes, out points[i])) throw Damaged();
        }

        return points;
    }

    private static Stream Open(int offset)
    {
        Stream stream = typeof(KzgSetup).Assembly.GetManifestResourceStream(Resource) ?? throw Damaged();
        stream.Position = offset;
        return stream;
    }

    private static InvalidOperationException Damaged() =>
        new($"The assembly's resource {Resource} is missing or damaged: reinstall Koinon.");
}
