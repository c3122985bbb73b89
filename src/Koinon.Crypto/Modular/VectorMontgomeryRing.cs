using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Koinon.Crypto.Modular;

/// <summary>Residues of a long odd modulus in Montgomery's form, worked by vectors of 32-bit products.</summary>
/// <remarks>
/// A residue is a row of digits of 27 bits, each in a lane of 64, and four zero digits above them. A lane sums up the
/// products of a whole multiplication without a carry: 2 * 512 products of 54 bits fit into 64. R is 2^(27 digits) and
/// at least 16 q, so that the product of residues below 8 q is below 5 q: nothing is subtracted until the end. The
/// scalar twin is <see cref="MontgomeryRing"/>; ModularExponentiationBenchmarks compares the two. The ring
/// borrows the memory it is given; the caller keeps it alive.
/// </remarks>
internal readonly unsafe struct VectorMontgomeryRing : IModularRing
{
    private const int DigitBits = 27;
    private const ulong DigitMask = (1UL << DigitBits) - 1;
    private const int Lanes = 4;
    private const int MaximumDigits = 504;

    /// <summary>Below this length the scalar form is quicker.</summary>
    private const int MinimumBits = 449;

    private readonly ulong* _modulus;
    private readonly ulong* _digits;
    private readonly ulong* _squaredRadix;
    private readonly ulong* _spare;
    private readonly ulong* _sums;
    private readonly ulong _negatedInverse;
    private readonly int _bits;
    private readonly int _limbs;
    private readonly int _count;

    /// <summary>Makes the ring of an odd modulus for which <see cref="Serves"/> is true.</summary>
    /// <param name="modulus">The modulus in limbs; its highest limb is not zero.</param>
    /// <param name="limbs">Its length in limbs.</param>
    /// <param name="workspace"><see cref="WorkspaceLimbs"/> limbs for the ring alone.</param>
    internal VectorMontgomeryRing(ulong* modulus, int limbs, ulong* workspace)
    {
        _modulus = modulus;
        _limbs = limbs;
        _bits = BitLength(modulus, limbs);
        _count = DigitsOf(_bits);
        int residue = _count + Lanes;
        _digits = workspace;
        _squaredRadix = _digits + residue;
        _spare = _squaredRadix + residue;
        _sums = _spare + residue;
        _negatedInverse = 0 - LimbArithmetic.Invert(modulus[0]);
        WriteDigits(modulus, limbs, _digits);
        ComputeSquaredRadix();
    }

    /// <inheritdoc/>
    public int Limbs => _count + Lanes;

    /// <summary>Whether this machine has the vectors, and a modulus of this length gains by them.</summary>
    internal static bool Serves(ulong* modulus, int limbs)
    {
        int bits = BitLength(modulus, limbs);
        return Avx2.IsSupported && bits >= MinimumBits && DigitsOf(bits) <= MaximumDigits;
    }

    /// <summary>Limbs of a residue, at most, for a modulus of so many limbs.</summary>
    internal static int ResidueLimbs(int limbs) => DigitsOf(limbs * 64) + Lanes;

    /// <summary>Limbs of workspace that a ring of this length needs, at most.</summary>
    internal static int WorkspaceLimbs(int limbs) => 4 * ResidueLimbs(limbs);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Multiply(ulong* result, ulong* a, ulong* b)
    {
        // In bounds: i below the count of digits, a multiple of four; rows have four digits more, and so have the sums.
        ulong* q = _digits;
        ulong* sums = _sums;
        ulong inverse = _negatedInverse;
        int count = _count;
        new Span<ulong>(sums, count + Lanes).Clear();
        ulong carry = 0;
        for (int i = 0; i < count; i += Lanes)
        {
            // The lowest four columns, two after two: m clears two digits, the rest goes to the next columns.
            ulong b0 = b[i], b1 = b[i + 1], b2 = b[i + 2], b3 = b[i + 3];
            ulong column0 = carry + sums[0] + (a[0] * b0);
            ulong column1 = sums[1] + (a[1] * b0) + (a[0] * b1);
            ulong m = (column0 + (column1 << DigitBits)) * inverse;
            ulong m0 = m & DigitMask;
            ulong m1 = (m >> DigitBits) & DigitMask;
            column0 += m0 * q[0];
            column1 += (m0 * q[1]) + (m1 * q[0]) + (column0 >> DigitBits);

            ulong column2 = sums[2] + (a[2] * b0) + (a[1] * b1) + (a[0] * b2);
            ulong column3 = sums[3] + (a[3] * b0) + (a[2] * b1) + (a[1] * b2) + (a[0] * b3);
            column2 += (m0 * q[2]) + (m1 * q[1]) + (column1 >> DigitBits);
            column3 += (m0 * q[3]) + (m1 * q[2]);
            m = (column2 + (column3 << DigitBits)) * inverse;
            ulong m2 = m & DigitMask;
            ulong m3 = (m >> DigitBits) & DigitMask;
            column2 += m2 * q[0];
            column3 += (m2 * q[1]) + (m3 * q[0]) + (column2 >> DigitBits);
            carry = column3 >> DigitBits;

            // All higher columns, four at a time, moved down by the four that are done.
            AddRows(sums, a, q, count, b0, b1, b2, b3, m0, m1, m2, m3);
        }

        for (int i = 0; i < count; i++)
        {
            carry += sums[i];
            result[i] = carry & DigitMask;
            carry >>= DigitBits;
        }

        Debug.Assert(carry == 0, "The result is below R.");
        Vector256<ulong>.Zero.Store(result + count);
    }

    /// <inheritdoc/>
    public void Square(ulong* result, ulong* a) => Multiply(result, a, a);

    /// <summary>Brings a number of any length, big-endian, into the ring.</summary>
    internal void Enter(ulong* result, ReadOnlySpan<byte> bigEndian)
    {
        // Horner's rule over chunks of one residue's size, from the highest: times R, plus the next chunk.
        new Span<ulong>(result, Limbs).Clear();
        long chunkBits = (long)_count * DigitBits;
        long chunks = ((bigEndian.Length * 8L) + chunkBits - 1) / chunkBits;
        for (long chunk = chunks - 1; chunk >= 0; chunk--)
        {
            ReadDigits(bigEndian, chunk * chunkBits, _spare);
            Multiply(_spare, _spare, _squaredRadix);
            Multiply(result, result, _squaredRadix);
            AddInPlace(result, _spare);
        }
    }

    /// <summary>Takes a residue out of Montgomery's form, below the modulus, into limbs.</summary>
    internal void Leave(ulong* limbs, ulong* value)
    {
        // The product with one is at most q: (value + m q) / R with value below 8 q and m below R.
        new Span<ulong>(_spare, Limbs).Clear();
        _spare[0] = 1;
        Multiply(value, value, _spare);
        new Span<ulong>(limbs, _limbs).Clear();
        for (int i = 0; i < _count; i++)
        {
            int bit = i * DigitBits;
            int limb = bit / 64;
            if (limb < _limbs)
            {
                limbs[limb] |= value[i] << (bit % 64);
            }

            if (bit % 64 > 64 - DigitBits && limb + 1 < _limbs)
            {
                limbs[limb + 1] |= value[i] >> (64 - (bit % 64));
            }
        }

        if (!LimbArithmetic.IsLess(limbs, _modulus, _limbs))
        {
            LimbArithmetic.Subtract(limbs, _modulus, _limbs);
        }
    }

    /// <summary>R squared modulo q, without a division.</summary>
    private void ComputeSquaredRadix()
    {
        // 2^bits - q is 2^bits modulo q. Doubled up to 2^s R, where s is the highest five bits of the length of R.
        ulong* power = _sums;
        int radixBits = _count * DigitBits;
        int lowBits = Math.Max(0, 32 - BitOperations.LeadingZeroCount((uint)radixBits) - 5);
        new Span<ulong>(power, _limbs).Clear();
        LimbArithmetic.Subtract(power, _modulus, _limbs);
        power[_limbs - 1] &= ulong.MaxValue >> ((64 * _limbs) - _bits);
        for (int i = _bits; i < radixBits + (radixBits >> lowBits); i++)
        {
            ulong carry = LimbArithmetic.Double(power, _limbs);
            if (carry != 0 || !LimbArithmetic.IsLess(power, _modulus, _limbs))
            {
                LimbArithmetic.Subtract(power, _modulus, _limbs);
            }
        }

        // The form of 2^s is there; squared and doubled along the lower bits it becomes the form of R, which is R^2.
        WriteDigits(power, _limbs, _squaredRadix);
        for (int bit = lowBits - 1; bit >= 0; bit--)
        {
            Square(_squaredRadix, _squaredRadix);
            if (((radixBits >> bit) & 1) != 0)
            {
                AddInPlace(_squaredRadix, _squaredRadix);
            }
        }
    }

    private void AddInPlace(ulong* a, ulong* b)
    {
        ulong carry = 0;
        for (int i = 0; i < _count; i++)
        {
            carry += a[i] + b[i];
            a[i] = carry & DigitMask;
            carry >>= DigitBits;
        }
    }

    /// <summary>sums = (sums + a (b0, b1, b2, b3) + q (m0, m1, m2, m3)) without the lowest four columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRows(
        ulong* sums, ulong* a, ulong* q, int count,
        ulong b0, ulong b1, ulong b2, ulong b3, ulong m0, ulong m1, ulong m2, ulong m3)
    {
        Vector256<uint> vb0 = Vector256.Create(b0).AsUInt32(), vb1 = Vector256.Create(b1).AsUInt32();
        Vector256<uint> vb2 = Vector256.Create(b2).AsUInt32(), vb3 = Vector256.Create(b3).AsUInt32();
        Vector256<uint> vm0 = Vector256.Create(m0).AsUInt32(), vm1 = Vector256.Create(m1).AsUInt32();
        Vector256<uint> vm2 = Vector256.Create(m2).AsUInt32(), vm3 = Vector256.Create(m3).AsUInt32();
        for (nint i = Lanes; i <= count; i += Lanes)
        {
            Vector256<ulong> ofA = Avx2.Multiply(Load(a + i), vb0) + Avx2.Multiply(Load(a + i - 1), vb1)
                + (Avx2.Multiply(Load(a + i - 2), vb2) + Avx2.Multiply(Load(a + i - 3), vb3));
            Vector256<ulong> ofQ = Avx2.Multiply(Load(q + i), vm0) + Avx2.Multiply(Load(q + i - 1), vm1)
                + (Avx2.Multiply(Load(q + i - 2), vm2) + Avx2.Multiply(Load(q + i - 3), vm3));
            (Vector256.Load(sums + i) + ofA + ofQ).Store(sums + i - Lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Load(ulong* digits) => Vector256.Load((uint*)digits);

    /// <summary>Splits limbs into a residue's digits.</summary>
    private void WriteDigits(ulong* limbs, int count, ulong* digits)
    {
        new Span<ulong>(digits, Limbs).Clear();
        for (int i = 0; i < _count; i++)
        {
            int limb = i * DigitBits / 64;
            int bit = i * DigitBits % 64;
            ulong low = limb < count ? limbs[limb] >> bit : 0;
            ulong high = limb + 1 < count ? (limbs[limb + 1] << 1) << (63 - bit) : 0;
            digits[i] = (low | high) & DigitMask;
        }
    }

    /// <summary>Takes a residue's digits out of a big-endian number, from a bit on.</summary>
    private void ReadDigits(ReadOnlySpan<byte> bigEndian, long firstBit, ulong* digits)
    {
        new Span<ulong>(digits, Limbs).Clear();
        for (int i = 0; i < _count; i++)
        {
            // A digit lies in five bytes at most.
            long bit = firstBit + ((long)i * DigitBits);
            ulong window = 0;
            for (int j = 4; j >= 0; j--)
            {
                long at = bigEndian.Length - 1 - (bit / 8) - j;
                window = (window << 8) | (at < 0 ? 0UL : bigEndian[(int)at]);
            }

            digits[i] = (window >> (int)(bit % 8)) & DigitMask;
        }
    }

    private static int BitLength(ulong* number, int limbs) =>
        (64 * limbs) - BitOperations.LeadingZeroCount(number[limbs - 1]);

    // Four bits more than q has, in whole vectors.
    private static int DigitsOf(int bits) => (((bits + 4 + DigitBits - 1) / DigitBits) + Lanes - 1) & -Lanes;
}
