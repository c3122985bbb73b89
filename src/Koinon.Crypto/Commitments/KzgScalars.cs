using Koinon.Crypto.Pairings;
using Fr = Koinon.Crypto.Pairings.Residue4<Koinon.Crypto.Pairings.Bls12381ScalarModulus>;

namespace Koinon.Crypto.Commitments;

/// <summary>Scalars of BLS12-381 in bulk, and the roots of unity over which blobs are polynomials.</summary>
internal static class KzgScalars
{
    /// <summary>The order of the largest domain: that of the extended blob.</summary>
    internal const int DomainSize = 8192;

    private const int DomainBits = 13;

    private static readonly Fr[] Roots = PowersOfRoot();

    /// <summary>A power of the root of unity of an order that divides 8,192.</summary>
    internal static ref readonly Fr Root(int order, int power) =>
        ref Roots[power * (DomainSize / order) & (DomainSize - 1)];

    /// <summary>The lowest bits of an index in reverse: the order in which blobs and cells hold values.</summary>
    internal static int Reverse(int index, int bits)
    {
        int reversed = 0;
        for (int i = 0; i < bits; i++) reversed |= ((index >> i) & 1) << (bits - 1 - i);
        return reversed;
    }

    /// <summary>Moves every value to the place of its reversed index; the length is a power of two.</summary>
    internal static void Permute<T>(Span<T> values)
    {
        int bits = System.Numerics.BitOperations.Log2((uint)values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            int j = Reverse(i, bits);
            if (i < j) (values[i], values[j]) = (values[j], values[i]);
        }
    }

    /// <summary>Coefficients to values at the roots, both in natural order; the length divides 8,192.</summary>
    internal static void Evaluate(Span<Fr> values)
    {
        Permute(values);
        for (int size = 2; size <= values.Length; size *= 2)
        {
            for (int start = 0; start < values.Length; start += size)
            {
                for (int i = 0; i < size / 2; i++)
                {
                    ref Fr low = ref values[start + i], high = ref values[start + i + (size / 2)];
                    Fr.Multiply(high, Root(size, i), out Fr term);
                    Fr.Subtract(low, term, out high);
                    Fr.Add(low, term, out low);
                }
            }
        }
    }

    /// <summary>Values at the roots to coefficients, both in natural order; the length divides 8,192.</summary>
    internal static void Interpolate(Span<Fr> values)
    {
        // The transform by inverse roots is the transform with all but the first value in reverse.
        Evaluate(values);
        values[1..].Reverse();
        Fr.Invert(FromNumber((ulong)values.Length), out Fr scale);
        foreach (ref Fr value in values) Fr.Multiply(value, scale, out value);
    }

    /// <summary>Replaces each value by its inverse; zero stays zero.</summary>
    internal static void InvertAll(Span<Fr> values)
    {
        Fr[] products = new Fr[values.Length];
        Fr product = Fr.One;
        for (int i = 0; i < values.Length; i++)
        {
            products[i] = product;
            if (!Fr.IsZero(values[i])) Fr.Multiply(product, values[i], out product);
        }

        Fr.Invert(product, out Fr inverse);
        for (int i = values.Length - 1; i >= 0; i--)
        {
            if (Fr.IsZero(values[i])) continue;
            Fr value = values[i];
            Fr.Multiply(inverse, products[i], out values[i]);
            Fr.Multiply(inverse, value, out inverse);
        }
    }

    /// <summary>Reads 32-byte scalars one after the other; refuses one that is not below the order.</summary>
    internal static bool TryReadAll(ReadOnlySpan<byte> bytes, Span<Fr> scalars)
    {
        for (int i = 0; i < scalars.Length; i++)
        {
            if (!Fr.TryRead(bytes.Slice(i * Fr.Length, Fr.Length), out scalars[i])) return false;
        }

        return true;
    }

    /// <summary>Reduces a 32-byte hash, big-endian, by the order.</summary>
    internal static Fr FromHash(ReadOnlySpan<byte> hash)
    {
        Limbs4 number = Limbs4.Read(hash);
        Span<ulong> limbs = [number.L0, number.L1, number.L2, number.L3];
        Multiprecision.Reduce(limbs, Fr.Modulus);
        return Fr.FromNumber(new Limbs4(limbs[0], limbs[1], limbs[2], limbs[3]));
    }

    /// <summary>A small number as a scalar.</summary>
    internal static Fr FromNumber(ulong number) => Fr.FromNumber(new Limbs4(number, 0, 0, 0));

    private static Fr[] PowersOfRoot()
    {
        // 7 generates the multiplicative group, whose order r - 1 is divisible by 2^32.
        ReadOnlySpan<ulong> modulus = Fr.Modulus;
        Span<ulong> exponent = stackalloc ulong[4];
        for (int i = 0; i < 4; i++)
        {
            exponent[i] = (modulus[i] >> DomainBits) | (i < 3 ? modulus[i + 1] << (64 - DomainBits) : 0);
        }

        Powers.Raise(FromNumber(7), exponent, out Fr root);
        Fr[] roots = new Fr[DomainSize];
        roots[0] = Fr.One;
        for (int i = 1; i < roots.Length; i++) Fr.Multiply(roots[i - 1], root, out roots[i]);
        return roots;
    }
}
