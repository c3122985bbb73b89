using Fp = Koinon.Crypto.Pairings.Bls12381Field;
using Fp2 = Koinon.Crypto.Pairings.Fp2<Koinon.Crypto.Pairings.Bls12381Field>;

namespace Koinon.Crypto.Pairings;

/// <summary>The maps from field elements into G1 and G2 of BLS12-381 (RFC 9380, section 8.8).</summary>
internal static class Bls12381Maps
{
    private static readonly CurveMap<Fp, Bls12381G1Roots> G1Map = new(
        Parse("00144698a3b8e9433d693a02c96d4982b0ea985383ee66a8d8e8981aefd881ac98936f8da0e0f97f5cf428082d584c1d"),
        Parse("12e2908d11688030018b12e8753eee3b2016c1f0f24f4070a0b9c14fcef35ef55a23215a316ceaa5d1cc48e98e172be0"),
        [
            Elements(Bls12381IsogenyTables.G1NumeratorOfX), Elements(Bls12381IsogenyTables.G1DenominatorOfX),
            Elements(Bls12381IsogenyTables.G1NumeratorOfY), Elements(Bls12381IsogenyTables.G1DenominatorOfY),
        ]);

    private static readonly CurveMap<Fp2, Bls12381G2Roots> G2Map = new(
        new Fp2(default, Small(240)),
        new Fp2(Small(1012), Small(1012)),
        [
            Pairs(Bls12381IsogenyTables.G2NumeratorOfX), Pairs(Bls12381IsogenyTables.G2DenominatorOfX),
            Pairs(Bls12381IsogenyTables.G2NumeratorOfY), Pairs(Bls12381IsogenyTables.G2DenominatorOfY),
        ]);

    /// <summary>Maps an element of the base field into G1.</summary>
    internal static void MapToG1(in Fp u, out JacobianPoint<Fp> result)
    {
        // Multiplying by 1 - x leads from the curve into G1.
        G1Map.Map(u, out JacobianPoint<Fp> point);
        ScalarMultiplication.Multiply(point, Bls12381Curve.NegatedParameter + 1, out result);
    }

    /// <summary>Maps an element of the extension field into G2.</summary>
    internal static void MapToG2(in Fp2 u, out JacobianPoint<Fp2> result)
    {
        // [x^2 - x - 1] P + [x - 1] ψ(P) + ψ^2(2 P) (RFC 9380, appendix G.3), as
        // [x]([x] P + ψ(P)) - ([x] P + ψ(P)) - P + ψ^2(2 P).
        G2Map.Map(u, out JacobianPoint<Fp2> p);
        MultiplyByParameter(p, out JacobianPoint<Fp2> xp);
        Bls12381Curve.Psi(p, out JacobianPoint<Fp2> psi);
        JacobianPoint<Fp2>.Add(xp, psi, out JacobianPoint<Fp2> sum);
        MultiplyByParameter(sum, out JacobianPoint<Fp2> total);
        JacobianPoint<Fp2>.Add(sum, p, out sum);
        JacobianPoint<Fp2>.Negate(sum, out sum);
        JacobianPoint<Fp2>.Add(total, sum, out total);
        JacobianPoint<Fp2>.Double(p, out sum);
        Bls12381Curve.Psi(sum, out sum);
        Bls12381Curve.Psi(sum, out sum);
        JacobianPoint<Fp2>.Add(total, sum, out result);
    }

    private static void MultiplyByParameter(in JacobianPoint<Fp2> point, out JacobianPoint<Fp2> result)
    {
        ScalarMultiplication.Multiply(point, Bls12381Curve.NegatedParameter, out result);
        JacobianPoint<Fp2>.Negate(result, out result);
    }

    private static Fp Small(ulong number) => Fp.FromNumber(new Limbs6(number, 0, 0, 0, 0, 0));

    private static Fp Parse(string hex)
    {
        Fp.TryRead(Convert.FromHexString(hex), out Fp value);
        return value;
    }

    private static Fp[] Elements(string[] table)
    {
        Fp[] elements = new Fp[table.Length];
        for (int i = 0; i < elements.Length; i++) elements[i] = Parse(table[i]);
        return elements;
    }

    private static Fp2[] Pairs(string[] table)
    {
        Fp2[] pairs = new Fp2[table.Length / 2];
        for (int i = 0; i < pairs.Length; i++) pairs[i] = new Fp2(Parse(table[2 * i]), Parse(table[2 * i + 1]));
        return pairs;
    }
}
