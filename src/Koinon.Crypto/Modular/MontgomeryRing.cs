using System.Numerics;
using System.Runtime.CompilerServices;

namespace Koinon.Crypto.Modular;

/// <summary>Residues of an odd modulus q in Montgomery's form: a stands as a R modulo q, R = 2^(64 limbs).</summary>
/// <remarks>
/// Residues are kept below R, not below q: a product is reduced only when it reaches R, which one carry tells, and the
/// last step brings it below q (Gueron, "Efficient software implementations of modular exponentiation", section 2.2).
/// The ring borrows the memory it is given; the caller keeps it alive.
/// </remarks>
internal readonly unsafe struct MontgomeryRing : IModularRing
{
    private readonly ulong* _modulus;
    private readonly ulong* _scratch;
    private readonly ulong* _squaredRadix;
    private readonly ulong* _spare;
    private readonly ulong _negatedInverse;
    private readonly int _limbs;

    /// <summary>Makes the ring of an odd modulus.</summary>
    /// <param name="modulus">The modulus above 1; its highest limb is not zero.</param>
    /// <param name="limbs">Its length.</param>
    /// <param name="workspace"><see cref="WorkspaceLimbs"/> limbs for the ring alone.</param>
    internal MontgomeryRing(ulong* modulus, int limbs, ulong* workspace)
    {
        _modulus = modulus;
        _limbs = limbs;
        _scratch = workspace;
        _squaredRadix = workspace + limbs;
        _spare = workspace + (2 * limbs);
        _negatedInverse = 0 - LimbArithmetic.Invert(modulus[0]);
        ComputeSquaredRadix();
    }

    /// <inheritdoc/>
    public int Limbs => _limbs;

    /// <summary>Limbs of workspace that a ring of this length needs.</summary>
    internal static int WorkspaceLimbs(int limbs) => 3 * limbs;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Multiply(ulong* result, ulong* a, ulong* b)
    {
        if (_limbs == 4)
        {
            Montgomery4.Multiply(result, a, b, _modulus, _negatedInverse);
        }
        else
        {
            MultiplyAny(result, a, b);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Square(ulong* result, ulong* a)
    {
        if (_limbs == 4)
        {
            Montgomery4.Multiply(result, a, a, _modulus, _negatedInverse);
        }
        else
        {
            SquareAny(result, a);
        }
    }

    /// <summary>Brings a number of any length, big-endian, into the ring.</summary>
    /// <param name="result">Receives the residue.</param>
    /// <param name="bigEndian">The number.</param>
    internal void Enter(ulong* result, ReadOnlySpan<byte> bigEndian)
    {
        // Horner's rule over chunks of one residue's size, from the highest: times R, plus the next chunk.
        new Span<ulong>(result, _limbs).Clear();
        int chunkBytes = _limbs * sizeof(ulong);
        for (int at = (bigEndian.Length % chunkBytes) - chunkBytes; at < bigEndian.Length; at += chunkBytes)
        {
            int start = Math.Max(at, 0);
            LimbArithmetic.Read(bigEndian[start..(at + chunkBytes)], _spare, _limbs);
            Multiply(result, result, _squaredRadix);
            Multiply(_spare, _spare, _squaredRadix);
            ulong carry = LimbArithmetic.Add(result, _spare, _limbs);
            while (carry != 0)
            {
                // Both products are below R and below 3 q, so a few subtractions bring the sum below R.
                carry -= LimbArithmetic.Subtract(result, _modulus, _limbs);
            }
        }
    }

    /// <summary>Takes a residue out of Montgomery's form, below the modulus, in place.</summary>
    internal void Leave(ulong* value)
    {
        // The product with one is at most q: (value + m q) / R with value and m below R.
        new Span<ulong>(_spare, _limbs).Clear();
        _spare[0] = 1;
        Multiply(value, value, _spare);
        if (!LimbArithmetic.IsLess(value, _modulus, _limbs))
        {
            LimbArithmetic.Subtract(value, _modulus, _limbs);
        }
    }

    /// <summary>R squared modulo q, without a division: doublings from a power of two near q, then squarings.</summary>
    private void ComputeSquaredRadix()
    {
        // 2^bits - q, where bits is the length of q, is 2^bits modulo q: below q since q has its highest bit set.
        ulong* power = _squaredRadix;
        new Span<ulong>(power, _limbs).Clear();
        LimbArithmetic.Subtract(power, _modulus, _limbs);
        int spare = BitOperations.LeadingZeroCount(_modulus[_limbs - 1]);
        power[_limbs - 1] &= ulong.MaxValue >> spare;

        // Double up to R, and on to 2^limbs R; six squarings in Montgomery's form give 2^(64 limbs) R, which is R^2.
        for (int i = 0; i < spare + _limbs; i++)
        {
            ulong carry = LimbArithmetic.Double(power, _limbs);
            if (carry != 0 || !LimbArithmetic.IsLess(power, _modulus, _limbs))
            {
                LimbArithmetic.Subtract(power, _modulus, _limbs);
            }
        }

        for (int i = 0; i < 6; i++)
        {
            Square(power, power);
        }
    }

    /// <summary>a b / R: columns of a b and of the multiples m q that clear the lower half, side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyAny(ulong* result, ulong* a, ulong* b)
    {
        ulong* q = _modulus;
        ulong* m = _scratch;
        int n = _limbs;
        ColumnSum sum = default;
        for (int i = 0; i < n; i++)
        {
            sum.AddProducts(a, b + i, i + 1);
            sum.AddProducts(m, q + i, i);
            m[i] = sum.Low * _negatedInverse;
            sum.Add(m[i], q[0]);
            sum.Shift();
        }

        // Column i takes nothing of m[i - n] and below any more: the result goes there, and may overwrite a and b last.
        for (int i = n; i < (2 * n) - 1; i++)
        {
            sum.AddProducts(a + (i - n + 1), b + (n - 1), (2 * n) - 1 - i);
            sum.AddProducts(m + (i - n + 1), q + (n - 1), (2 * n) - 1 - i);
            m[i - n] = sum.Shift();
        }

        Finish(result, ref sum);
    }

    /// <summary>a a / R: as the product, each pair of unequal limbs once and doubled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SquareAny(ulong* result, ulong* a)
    {
        ulong* q = _modulus;
        ulong* m = _scratch;
        int n = _limbs;
        ColumnSum sum = default;
        for (int i = 0; i < n; i++)
        {
            AddSquareColumn(ref sum, a, 0, i);
            sum.AddProducts(m, q + i, i);
            m[i] = sum.Low * _negatedInverse;
            sum.Add(m[i], q[0]);
            sum.Shift();
        }

        for (int i = n; i < (2 * n) - 1; i++)
        {
            AddSquareColumn(ref sum, a, i - n + 1, n - 1);
            sum.AddProducts(m + (i - n + 1), q + (n - 1), (2 * n) - 1 - i);
            m[i - n] = sum.Shift();
        }

        Finish(result, ref sum);
    }

    /// <summary>Adds one column of a square: a[first] a[last] + a[first + 1] a[last - 1] + …</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSquareColumn(ref ColumnSum sum, ulong* a, int first, int last)
    {
        ColumnSum pairs = default;
        int count = last - first + 1;
        pairs.AddProducts(a + first, a + last, count >> 1);
        sum.AddTwice(pairs);
        if ((count & 1) != 0)
        {
            ulong middle = a[(first + last) >> 1];
            sum.Add(middle, middle);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Finish(ulong* result, ref ColumnSum sum)
    {
        _scratch[_limbs - 1] = sum.Shift();
        if (sum.Low != 0)
        {
            LimbArithmetic.Subtract(_scratch, _modulus, _limbs);
        }

        new ReadOnlySpan<ulong>(_scratch, _limbs).CopyTo(new Span<ulong>(result, _limbs));
    }
}
