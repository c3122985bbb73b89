using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Koinon.Crypto.Pairings;

namespace Koinon.Crypto.Tests.Pairings;

/// <summary>The three prime fields and their extensions against <see cref="BigInteger"/>.</summary>
public sealed class FieldTests
{
    [Fact]
    public void Bn254Field_AgreesWithBigInteger() => Check<Residue4<Bn254BaseModulus>>();

    [Fact]
    public void Bls12381Field_AgreesWithBigInteger() => Check<Bls12381Field>();

    [Fact]
    public void Bls12381Scalars_AgreeWithBigInteger() => CheckPrime<Residue4<Bls12381ScalarModulus>>();

    [Fact]
    public void MultiplySmall_OfBn254_AgreesWithBigInteger()
    {
        BigInteger modulus = Modulus<Residue4<Bn254BaseModulus>>();
        foreach (BigInteger a in Samples(modulus))
        {
            foreach (BigInteger b in Samples(modulus))
            {
                for (ulong factor = 0; factor < 15; factor++)
                {
                    Residue4<Bn254BaseModulus> x = Element<Residue4<Bn254BaseModulus>>(a);
                    Residue4<Bn254BaseModulus> y = Element<Residue4<Bn254BaseModulus>>(b);
                    Residue4<Bn254BaseModulus>.MultiplySmallAdd(x, factor, y, out Residue4<Bn254BaseModulus> sum);
                    Assert.Equal(((factor * a) + b) % modulus, Number(sum));
                    Residue4<Bn254BaseModulus>.MultiplySmallSubtract(x, factor, y, out sum);
                    Assert.Equal(((factor * a) + modulus - b) % modulus, Number(sum));
                }
            }
        }
    }

    [Fact]
    public void TryRead_OfTheModulusAndAbove_IsRefused()
    {
        AssertRange<Residue4<Bn254BaseModulus>>();
        AssertRange<Bls12381Field>();
        AssertRange<Residue4<Bls12381ScalarModulus>>();
    }

    private static void AssertRange<TField>()
        where TField : unmanaged, IPrimeField<TField>
    {
        BigInteger modulus = Modulus<TField>(), most = BigInteger.One << (8 * TField.Length);
        Assert.True(TField.TryRead(Bytes<TField>(modulus - 1), out _));
        Assert.False(TField.TryRead(Bytes<TField>(modulus), out _));
        Assert.False(TField.TryRead(Bytes<TField>(modulus + 1), out _));
        Assert.False(TField.TryRead(Bytes<TField>(most - 1), out _));
        Assert.False(TField.TryRead(new byte[TField.Length + 1], out _));
    }

    private static void Check<TField>()
        where TField : unmanaged, IPrimeField<TField>
    {
        CheckPrime<TField>();
        BigInteger modulus = Modulus<TField>();
        BigInteger[] samples = Samples(modulus);
        for (int i = 0; i < samples.Length; i++)
        {
            for (int j = 0; j < samples.Length; j++)
            {
                CheckExtension<TField>(
                    samples[i], samples[j], samples[(i + (2 * j) + 1) % samples.Length],
                    samples[((3 * i) + j + 2) % samples.Length], modulus);
            }
        }

        Prop.ForAll<ulong, ulong, ulong>((a, b, c) =>
        {
            CheckExtension<TField>(
                Spread(a, modulus), Spread(b, modulus), Spread(c, modulus), Spread(a ^ b ^ c, modulus), modulus);
            return true;
        }).QuickCheckThrowOnFailure();
    }

    private static void CheckPrime<TField>()
        where TField : unmanaged, IPrimeField<TField>
    {
        BigInteger modulus = Modulus<TField>();
        foreach (BigInteger a in Samples(modulus))
        {
            foreach (BigInteger b in Samples(modulus)) CheckPair<TField>(a, b, modulus);
        }

        Prop.ForAll<ulong, ulong>((a, b) =>
        {
            CheckPair<TField>(Spread(a, modulus), Spread(b, modulus), modulus);
            return true;
        }).QuickCheckThrowOnFailure();
    }

    // Rows of (ours, oracle); each result also replaces its operand once.
    private static void CheckPair<TField>(BigInteger a, BigInteger b, BigInteger modulus)
        where TField : unmanaged, IPrimeField<TField>
    {
        TField x = Element<TField>(a), y = Element<TField>(b);
        TField.Add(x, y, out TField result);
        Assert.Equal((a + b) % modulus, Number(result));
        TField.Subtract(x, y, out result);
        Assert.Equal((a + modulus - b) % modulus, Number(result));
        TField.Multiply(x, y, out result);
        Assert.Equal(a * b % modulus, Number(result));
        TField.Square(x, out result);
        Assert.Equal(a * a % modulus, Number(result));
        TField.Double(x, out result);
        Assert.Equal(2 * a % modulus, Number(result));
        TField.Negate(x, out result);
        Assert.Equal((modulus - a) % modulus, Number(result));
        TField.Halve(x, out result);
        Assert.Equal((a.IsEven ? a : a + modulus) / 2, Number(result));
        TField.Invert(x, out result);
        Assert.Equal(BigInteger.ModPow(a, modulus - 2, modulus), Number(result));
        Assert.Equal(!a.IsEven, TField.IsOdd(x));
        Assert.Equal(a.IsZero, TField.IsZero(x));
        Assert.Equal(a == b, TField.AreEqual(x, y));
        Assert.Equal(a, Number(x));
        Assert.Equal(b, Number(y));

        result = x;
        TField.Multiply(result, y, out result);
        TField.Add(result, y, out result);
        TField.Subtract(x, result, out result);
        TField.Square(result, out result);
        BigInteger expected = a - ((a * b) + b);
        Assert.Equal(BigInteger.Remainder(expected * expected, modulus), Number(result));
    }

    private static void CheckExtension<TField>(
        BigInteger a0, BigInteger a1, BigInteger b0, BigInteger b1, BigInteger modulus)
        where TField : unmanaged, IPrimeField<TField>
    {
        Fp2<TField> a = new(Element<TField>(a0), Element<TField>(a1));
        Fp2<TField> b = new(Element<TField>(b0), Element<TField>(b1));
        Fp2<TField>.Multiply(a, b, out Fp2<TField> product);
        BigInteger real = (((a0 * b0) - (a1 * b1)) % modulus + modulus) % modulus;
        BigInteger imaginary = ((a0 * b1) + (a1 * b0)) % modulus;
        Assert.Equal((real, imaginary), (Number(product.C0), Number(product.C1)));

        Fp2<TField> left = a, right = b;
        Fp2<TField>.Multiply(left, b, out left);
        Fp2<TField>.Multiply(a, right, out right);
        Assert.True(Fp2<TField>.AreEqual(left, product) && Fp2<TField>.AreEqual(right, product));

        Fp2<TField>.Square(a, out Fp2<TField> square);
        Fp2<TField>.Multiply(a, a, out product);
        Assert.True(Fp2<TField>.AreEqual(square, product));
        left = a;
        Fp2<TField>.Square(left, out left);
        Assert.True(Fp2<TField>.AreEqual(left, product));

        Fp2<TField>.Invert(a, out Fp2<TField> inverse);
        Fp2<TField>.Multiply(a, inverse, out product);
        Assert.True(Fp2<TField>.IsZero(a) || Fp2<TField>.AreEqual(product, Fp2<TField>.One));
    }

    private static BigInteger Modulus<TField>()
        where TField : unmanaged, IPrimeField<TField>
    {
        BigInteger modulus = 0;
        for (int i = TField.Modulus.Length - 1; i >= 0; i--) modulus = (modulus << 64) | TField.Modulus[i];
        return modulus;
    }

    // Ends of the range, powers of two and their neighbours at limb borders of both forms, and values between.
    private static BigInteger[] Samples(BigInteger modulus)
    {
        List<BigInteger> samples = [0, 1, 2, modulus - 1, modulus - 2, modulus / 2, (modulus / 2) + 1];
        foreach (int bit in new[] { 52, 55, 64, 110, 128, 192, 253 })
        {
            samples.Add((BigInteger.One << bit) % modulus);
            samples.Add(((BigInteger.One << bit) - 1) % modulus);
            samples.Add(modulus - (BigInteger.One << bit) % modulus);
        }

        samples.Add(Spread(1, modulus));
        return [.. samples];
    }

    private static BigInteger Spread(ulong seed, BigInteger modulus) =>
        BigInteger.ModPow((BigInteger)seed + 3, 0x10001 + 2, modulus);

    private static TField Element<TField>(BigInteger number)
        where TField : unmanaged, IPrimeField<TField>
    {
        Assert.True(TField.TryRead(Bytes<TField>(number), out TField element));
        return element;
    }

    private static byte[] Bytes<TField>(BigInteger number)
        where TField : unmanaged, IPrimeField<TField>
    {
        byte[] digits = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[TField.Length - digits.Length], .. digits];
    }

    private static BigInteger Number<TField>(in TField element)
        where TField : unmanaged, IPrimeField<TField>
    {
        byte[] bytes = new byte[TField.Length];
        TField.Write(element, bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }
}
