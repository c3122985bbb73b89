using Koinon.Crypto.Pairings;
using Bn = Koinon.Crypto.Pairings.Residue4<Koinon.Crypto.Pairings.Bn254BaseModulus>;

namespace Koinon.Crypto.Tests.Pairings;

/// <summary>The extension of degree twelve: special forms against plain products, Frobenius against powers.</summary>
public sealed class TowerTests
{
    [Fact]
    public void Tower_OfBn254_HoldsItsLaws() => Check<Bn, Bn254Curve>();

    [Fact]
    public void Tower_OfBls12381_HoldsItsLaws() => Check<Bls12381Field, Bls12381Curve>();

    private static void Check<TField, TCurve>()
        where TField : unmanaged, IPrimeField<TField>
        where TCurve : struct, IPairingCurve<TField, TCurve>
    {
        Fp12<TField, TCurve> a = Sample<TField, TCurve>(3), b = Sample<TField, TCurve>(1234567);

        // (a + b)^2 = a^2 + 2 a b + b^2.
        Fp6<TField, TCurve>.Add(a.C0, b.C0, out Fp6<TField, TCurve> sum0);
        Fp6<TField, TCurve>.Add(a.C1, b.C1, out Fp6<TField, TCurve> sum1);
        Fp12<TField, TCurve>.Square(new Fp12<TField, TCurve> { C0 = sum0, C1 = sum1 }, out Fp12<TField, TCurve> left);
        Fp12<TField, TCurve>.Multiply(a, a, out Fp12<TField, TCurve> aa);
        Fp12<TField, TCurve>.Square(b, out Fp12<TField, TCurve> bb);
        Fp12<TField, TCurve>.Multiply(a, b, out Fp12<TField, TCurve> ab);
        Fp12<TField, TCurve> right = Sum(Sum(aa, bb), Sum(ab, ab));
        AssertEqual(left, right);

        Fp12<TField, TCurve>.Invert(a, out Fp12<TField, TCurve> inverse);
        Fp12<TField, TCurve>.Multiply(a, inverse, out Fp12<TField, TCurve> one);
        Assert.True(Fp12<TField, TCurve>.IsOne(one));

        // Lines in both shapes.
        Fp2<TField> l0 = b.C0.C0, l1 = b.C0.C1, l2 = b.C1.C1;
        Fp12<TField, TCurve> sparse = default;
        (sparse.C0.C0, sparse.C0.C1, sparse.C1.C1) = (l0, l1, l2);
        Fp12<TField, TCurve>.MultiplyBy014(a, l0, l1, l2, out left);
        Fp12<TField, TCurve>.Multiply(a, sparse, out right);
        AssertEqual(left, right);
        sparse = default;
        (sparse.C0.C0, sparse.C1.C0, sparse.C1.C1) = (l0, l1, l2);
        Fp12<TField, TCurve>.MultiplyBy034(a, l0, l1, l2, out left);
        Fp12<TField, TCurve>.Multiply(a, sparse, out right);
        AssertEqual(left, right);

        CheckFrobenius(a);
        CheckCyclotomic(a);
    }

    private static void CheckFrobenius<TField, TCurve>(in Fp12<TField, TCurve> a)
        where TField : unmanaged, IPrimeField<TField>
        where TCurve : struct, IPairingCurve<TField, TCurve>
    {
        Fp12<TField, TCurve> power = Fp12<TField, TCurve>.One;
        for (int bit = (64 * TField.Modulus.Length) - 1; bit >= 0; bit--)
        {
            Fp12<TField, TCurve>.Square(power, out power);
            if (((TField.Modulus[bit >> 6] >> (bit & 63)) & 1) == 1) Fp12<TField, TCurve>.Multiply(power, a, out power);
        }

        Fp12<TField, TCurve>.Frobenius(a, out Fp12<TField, TCurve> image);
        AssertEqual(power, image);
        Fp12<TField, TCurve>.Frobenius(image, out image);
        Fp12<TField, TCurve>.FrobeniusSquared(a, out Fp12<TField, TCurve> twice);
        AssertEqual(twice, image);
        for (int i = 0; i < 2; i++) Fp12<TField, TCurve>.FrobeniusSquared(twice, out twice);
        Fp12<TField, TCurve>.Conjugate(a, out image);
        AssertEqual(twice, image);
    }

    private static void CheckCyclotomic<TField, TCurve>(in Fp12<TField, TCurve> a)
        where TField : unmanaged, IPrimeField<TField>
        where TCurve : struct, IPairingCurve<TField, TCurve>
    {
        // a^((p^6 - 1)(p^2 + 1)) lies in the subgroup.
        Fp12<TField, TCurve>.Invert(a, out Fp12<TField, TCurve> inverse);
        Fp12<TField, TCurve>.Conjugate(a, out Fp12<TField, TCurve> b);
        Fp12<TField, TCurve>.Multiply(b, inverse, out b);
        Fp12<TField, TCurve>.FrobeniusSquared(b, out inverse);
        Fp12<TField, TCurve>.Multiply(b, inverse, out b);

        Fp12<TField, TCurve>.SquareCyclotomic(b, out Fp12<TField, TCurve> fast);
        Fp12<TField, TCurve>.Square(b, out Fp12<TField, TCurve> plain);
        AssertEqual(plain, fast);

        CheckPowers(b);
        CheckPowers(Fp12<TField, TCurve>.One);
    }

    private static void CheckPowers<TField, TCurve>(in Fp12<TField, TCurve> b)
        where TField : unmanaged, IPrimeField<TField>
        where TCurve : struct, IPairingCurve<TField, TCurve>
    {
        ulong[] exponents = [1, 2, 3, 7, 8, 0x44e992b44a6909f1, 0xd201000000010000, ulong.MaxValue];
        foreach (ulong exponent in exponents)
        {
            Fp12<TField, TCurve> plain = Fp12<TField, TCurve>.One;
            for (int bit = 63; bit >= 0; bit--)
            {
                Fp12<TField, TCurve>.Square(plain, out plain);
                if (((exponent >> bit) & 1) == 1) Fp12<TField, TCurve>.Multiply(plain, b, out plain);
            }

            for (int width = 2; width <= 4; width += 2)
            {
                Fp12<TField, TCurve>.PowerCyclotomic(b, exponent, width, out Fp12<TField, TCurve> fast);
                AssertEqual(plain, fast);
            }
        }
    }

    private static Fp12<TField, TCurve> Sample<TField, TCurve>(int seed)
        where TField : unmanaged, IPrimeField<TField>
        where TCurve : struct, IPairingCurve<TField, TCurve>
    {
        Random random = new(seed);
        Fp2<TField> Next() => new(NextElement<TField>(random), NextElement<TField>(random));
        return new Fp12<TField, TCurve>
        {
            C0 = new Fp6<TField, TCurve> { C0 = Next(), C1 = Next(), C2 = Next() },
            C1 = new Fp6<TField, TCurve> { C0 = Next(), C1 = Next(), C2 = Next() },
        };
    }

    private static TField NextElement<TField>(Random random)
        where TField : unmanaged, IPrimeField<TField>
    {
        byte[] bytes = new byte[TField.Length];
        random.NextBytes(bytes);
        bytes[0] &= 0x0f;
        Assert.True(TField.TryRead(bytes, out TField element));
        return element;
    }

    private static Fp12<TField, TCurve> Sum<TField, TCurve>(in Fp12<TField, TCurve> a, in Fp12<TField, TCurve> b)
        where TField : unmanaged, IPrimeField<TField>
        where TCurve : struct, IPairingCurve<TField, TCurve>
    {
        Fp12<TField, TCurve> sum = default;
        Fp6<TField, TCurve>.Add(a.C0, b.C0, out sum.C0);
        Fp6<TField, TCurve>.Add(a.C1, b.C1, out sum.C1);
        return sum;
    }

    private static void AssertEqual<TField, TCurve>(in Fp12<TField, TCurve> a, in Fp12<TField, TCurve> b)
        where TField : unmanaged, IPrimeField<TField>
        where TCurve : struct, IPairingCurve<TField, TCurve>
    {
        Fp6<TField, TCurve>.Subtract(a.C0, b.C0, out Fp6<TField, TCurve> difference);
        Assert.True(Fp6<TField, TCurve>.IsZero(difference));
        Fp6<TField, TCurve>.Subtract(a.C1, b.C1, out difference);
        Assert.True(Fp6<TField, TCurve>.IsZero(difference));
    }
}
