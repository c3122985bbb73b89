using System.Security.Cryptography;
using Koinon.Crypto.Commitments;
using Koinon.Crypto.Pairings;
using Fp = Koinon.Crypto.Pairings.Bls12381Field;
using Fp2 = Koinon.Crypto.Pairings.Fp2<Koinon.Crypto.Pairings.Bls12381Field>;
using Pairing = Koinon.Crypto.Pairings.Pairing<
    Koinon.Crypto.Pairings.Bls12381Field, Koinon.Crypto.Pairings.Bls12381Curve>;

namespace Koinon.Crypto.Tests.Commitments;

public sealed class KzgSetupTests
{
    [Fact]
    public void Resource_IsTheCeremonysFile()
    {
        using Stream stream = typeof(KzgSetup).Assembly.GetManifestResourceStream("kzg-setup.bin")!;
        Assert.Equal(
            "8d75bc6ea5041d62b46cbf1703d3bf0503a09dd78c369802751bf02b60f194e2",
            Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    [Fact]
    public void Points_AllLieInTheirGroups()
    {
        AffinePoint<Fp>[] monomial = KzgSetup.ReadMonomial(KzgSetup.Size), lagrange = KzgSetup.ReadLagrange();
        for (int i = 0; i < KzgSetup.Size; i++)
        {
            Assert.True(Bls12381Curve.IsInG1(monomial[i]));
            Assert.True(Bls12381Curve.IsInG1(lagrange[i]));
        }

        for (int i = 0; i < 65; i++) Assert.True(Bls12381Curve.IsInG2(KzgSetup.ReadG2(i)));
    }

    [Fact]
    public void LagrangePoints_SumToTheGenerator_AndWeightedByTheRootsToTau()
    {
        AffinePoint<Fp>[] lagrange = KzgSetup.ReadLagrange(), monomial = KzgSetup.ReadMonomial(3);
        Limbs4[] factors = new Limbs4[KzgSetup.Size];
        for (int power = 0; power < 3; power++)
        {
            for (int i = 0; i < factors.Length; i++)
            {
                factors[i] = KzgScalars.Root(KzgSetup.Size, i * power).ToNumber();
            }

            Bls12381Sums.SumG1(lagrange, factors, out JacobianPoint<Fp> sum);
            Assert.True(JacobianPoint<Fp>.AreEqual(sum, new JacobianPoint<Fp>(monomial[power])));
        }

        Assert.True(Fp.AreEqual(monomial[0].X, Bls12381Curve.G1Generator.X));
    }

    [Fact]
    public void G1AndG2_HoldPowersOfTheSameSecret()
    {
        AffinePoint<Fp>[] monomial = KzgSetup.ReadMonomial(65);
        foreach (int power in new[] { 0, 1, 2, 63, 64 })
        {
            // e([τ^power] G1, G2) = e(G1, [τ^power] G2).
            AffinePoint<Fp>.Negate(monomial[0], out AffinePoint<Fp> negated);
            AffinePoint<Fp2> g2 = KzgSetup.ReadG2(power), generator = KzgSetup.ReadG2(0);
            Assert.True(Pairing.IsProductOne(
                [monomial[power], negated], [generator, g2], new LineSteps<Fp>[2]));
        }
    }
}
