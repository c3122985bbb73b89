namespace Koinon.Crypto.Modular;

/// <summary>Residues of a power of two: products cut off at its length.</summary>
/// <remarks>The ring borrows the memory it is given; the caller keeps it alive.</remarks>
internal readonly unsafe struct BinaryRing : IModularRing
{
    private readonly ulong* _scratch;
    private readonly ulong _topMask;

    /// <summary>Makes the ring modulo 2^<paramref name="bits"/>.</summary>
    /// <param name="bits">At least one.</param>
    /// <param name="workspace"><see cref="WorkspaceLimbs"/> limbs for the ring alone.</param>
    internal BinaryRing(int bits, ulong* workspace)
    {
        Limbs = LimbsOf(bits);
        _scratch = workspace;
        _topMask = ulong.MaxValue >> ((64 - (bits % 64)) % 64);
    }

    /// <inheritdoc/>
    public int Limbs { get; }

    /// <summary>Limbs of a residue modulo 2^<paramref name="bits"/>.</summary>
    internal static int LimbsOf(int bits) => (bits + 63) / 64;

    /// <summary>Limbs of workspace that a ring of this length needs.</summary>
    internal static int WorkspaceLimbs(int limbs) => limbs;

    /// <inheritdoc/>
    public void Multiply(ulong* result, ulong* a, ulong* b)
    {
        LimbArithmetic.Multiply(_scratch, a, Limbs, b, Limbs, Limbs);
        new ReadOnlySpan<ulong>(_scratch, Limbs).CopyTo(new Span<ulong>(result, Limbs));
        Reduce(result);
    }

    /// <inheritdoc/>
    public void Square(ulong* result, ulong* a) => Multiply(result, a, a);

    /// <summary>Cuts a number of the ring's length down to its bits.</summary>
    internal void Reduce(ulong* value) => value[Limbs - 1] &= _topMask;

    /// <summary>The inverse of an odd number of the ring's length.</summary>
    /// <param name="result">Receives the inverse; the number does not stand there.</param>
    /// <param name="odd">The number.</param>
    /// <param name="spare">Room for one residue.</param>
    internal void Invert(ulong* result, ulong* odd, ulong* spare)
    {
        new Span<ulong>(result, Limbs).Clear();
        result[0] = LimbArithmetic.Invert(odd[0]);
        for (int correct = 1; correct < Limbs; correct *= 2)
        {
            // Newton: x (2 - odd x) is right in twice the limbs.
            Multiply(spare, odd, result);
            Negate(spare);
            AddTwo(spare);
            Multiply(result, result, spare);
        }

        Reduce(result);
    }

    private void Negate(ulong* value)
    {
        ulong carry = 1;
        for (int i = 0; i < Limbs; i++)
        {
            value[i] = ~value[i] + carry;
            carry = carry != 0 && value[i] == 0 ? 1UL : 0;
        }
    }

    private void AddTwo(ulong* value)
    {
        value[0] += 2;
        for (int i = 1; i < Limbs && value[i - 1] < (i == 1 ? 2UL : 1UL); i++)
        {
            value[i]++;
        }
    }
}
