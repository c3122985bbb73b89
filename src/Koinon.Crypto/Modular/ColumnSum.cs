using System.Runtime.CompilerServices;

namespace Koinon.Crypto.Modular;

/// <summary>The sum of one column of a long multiplication: three limbs that take in products of limbs.</summary>
/// <remarks>
/// .NET offers no addition with carry; a column needs the fewest carries, and no two products wait for each other's.
/// Good for 2^64 products a column.
/// </remarks>
internal struct ColumnSum
{
    private ulong _low;
    private ulong _middle;
    private ulong _high;

    /// <summary>The lowest limb of the sum.</summary>
    public readonly ulong Low
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _low;
    }

    /// <summary>Adds the product of two limbs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong a, ulong b)
    {
        ulong high = LimbArithmetic.MultiplyHigh(a, b);
        ulong low = a * b;
        _low += low;
        high += _low < low ? 1UL : 0; // At most 2^64 - 2 before: no carry out.
        _middle += high;
        _high += _middle < high ? 1UL : 0;
    }

    /// <summary>Adds a limb.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong a)
    {
        _low += a;
        ulong carry = _low < a ? 1UL : 0;
        _middle += carry;
        _high += _middle < carry ? 1UL : 0;
    }

    /// <summary>Adds twice another sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTwice(in ColumnSum other)
    {
        ulong low = other._low << 1;
        ulong middle = (other._middle << 1) | (other._low >> 63);
        _high += (other._high << 1) | (other._middle >> 63);
        _low += low;
        ulong carry = _low < low ? 1UL : 0;
        _middle += carry;
        _high += _middle < carry ? 1UL : 0;
        _middle += middle;
        _high += _middle < middle ? 1UL : 0;
    }

    /// <summary>Adds the products of <paramref name="count"/> limbs upwards from one place and downwards from another.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void AddProducts(ulong* upwards, ulong* downwards, nint count)
    {
        ulong* end = upwards + count;
        ulong* end4 = upwards + (count & ~3);
        for (; upwards < end4; upwards += 4, downwards -= 4)
        {
            Add(upwards[0], downwards[0]);
            Add(upwards[1], downwards[-1]);
            Add(upwards[2], downwards[-2]);
            Add(upwards[3], downwards[-3]);
        }

        for (; upwards < end; upwards++, downwards--)
        {
            Add(*upwards, *downwards);
        }
    }

    /// <summary>Goes to the next column: takes the lowest limb out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Shift()
    {
        ulong low = _low;
        _low = _middle;
        _middle = _high;
        _high = 0;
        return low;
    }
}
