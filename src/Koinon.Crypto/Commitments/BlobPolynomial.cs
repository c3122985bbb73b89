using System.Security.Cryptography;
using Koinon.Crypto.Pairings;
using Fp = Koinon.Crypto.Pairings.Bls12381Field;
using Fr = Koinon.Crypto.Pairings.Residue4<Koinon.Crypto.Pairings.Bls12381ScalarModulus>;

namespace Koinon.Crypto.Commitments;

/// <summary>A blob as the polynomial of degree below 4,096 whose values at the roots of unity it holds.</summary>
/// <remarks>The values stand in natural order of the roots; a blob has them in bit-reversed order. EIP-4844.</remarks>
internal sealed class BlobPolynomial
{
    private const int Size = KzgSetup.Size;
    private const int SizeBits = 12;

    private static readonly AffinePoint<Fp>[] LagrangePoints = KzgSetup.ReadLagrange();

    private readonly Fr[] _values;

    private BlobPolynomial(Fr[] values)
    {
        _values = values;
    }

    /// <summary>Reads a blob; refuses an element that is not below the order.</summary>
    internal static BlobPolynomial? Read(ReadOnlySpan<byte> blob)
    {
        Fr[] values = new Fr[Size];
        if (!KzgScalars.TryReadAll(blob, values)) return null;
        KzgScalars.Permute<Fr>(values);
        return new BlobPolynomial(values);
    }

    /// <summary>The commitment: the polynomial at the ceremony's secret, times the generator.</summary>
    internal void Commit(out AffinePoint<Fp> commitment) => Commit(_values, out commitment);

    /// <summary>The coefficients, the constant first.</summary>
    internal Fr[] Coefficients()
    {
        Fr[] coefficients = _values.AsSpan().ToArray();
        KzgScalars.Interpolate(coefficients);
        return coefficients;
    }

    /// <summary>The value at any point, by the barycentric formula.</summary>
    internal Fr Evaluate(in Fr z)
    {
        Fr[] inverses = InverseDistances(z, out int root);
        if (root >= 0) return _values[root];

        // (z^n - 1) / n times the sum of value root / (z - root).
        Fr sum = default;
        for (int i = 0; i < Size; i++)
        {
            Fr.Multiply(_values[i], KzgScalars.Root(Size, i), out Fr term);
            Fr.Multiply(term, inverses[i], out term);
            Fr.Add(sum, term, out sum);
        }

        Fr power = z;
        for (int i = 0; i < SizeBits; i++) Fr.Square(power, out power);
        Fr.Subtract(power, Fr.One, out power);
        Fr.Multiply(sum, power, out sum);
        Fr.Invert(KzgScalars.FromNumber(Size), out power);
        Fr.Multiply(sum, power, out sum);
        return sum;
    }

    /// <summary>The proof of the value y at z: the commitment to (p(X) - y) / (X - z).</summary>
    internal void Prove(in Fr z, in Fr y, out AffinePoint<Fp> proof)
    {
        // At a root other than z the quotient is (y - value) / (z - root).
        Fr[] quotient = InverseDistances(z, out int root);
        for (int i = 0; i < Size; i++)
        {
            Fr.Subtract(y, _values[i], out Fr difference);
            Fr.Multiply(quotient[i], difference, out quotient[i]);
        }

        if (root >= 0) quotient[root] = QuotientAtItsRoot(root, quotient);
        Commit(quotient, out proof);
    }

    /// <summary>The point at which a blob's proof is asked for, from the blob and its commitment.</summary>
    internal static Fr Challenge(ReadOnlySpan<byte> blob, ReadOnlySpan<byte> commitment)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[16];
        length[^2] = Size >> 8;
        hash.AppendData("FSBLOBVERIFY_V1_"u8);
        hash.AppendData(length);
        hash.AppendData(blob);
        hash.AppendData(commitment);
        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        return KzgScalars.FromHash(digest);
    }

    // 1 / (z - root) for every root, and the index of the root that z is, or -1.
    private static Fr[] InverseDistances(in Fr z, out int root)
    {
        root = -1;
        Fr[] distances = new Fr[Size];
        for (int i = 0; i < Size; i++)
        {
            Fr.Subtract(z, KzgScalars.Root(Size, i), out distances[i]);
            if (Fr.IsZero(distances[i])) root = i;
        }

        KzgScalars.InvertAll(distances);
        return distances;
    }

    // q(w_m) = sum over i other than m of (value_i - y) w_i / (w_m (w_m - w_i)); the other quotients hold
    // (value_i - y) / (w_i - w_m), so that it is minus the sum of quotient_i w_i / w_m.
    private static Fr QuotientAtItsRoot(int root, Fr[] quotient)
    {
        Fr sum = default;
        for (int i = 0; i < Size; i++)
        {
            if (i == root) continue;
            Fr.Multiply(quotient[i], KzgScalars.Root(Size, i - root + Size), out Fr term);
            Fr.Subtract(sum, term, out sum);
        }

        return sum;
    }

    private static void Commit(Fr[] values, out AffinePoint<Fp> commitment)
    {
        Limbs4[] factors = new Limbs4[Size];
        for (int i = 0; i < Size; i++) factors[i] = values[i].ToNumber();
        Bls12381Sums.SumG1(LagrangePoints, factors, out JacobianPoint<Fp> sum);
        sum.ToAffine(out commitment);
    }
}
