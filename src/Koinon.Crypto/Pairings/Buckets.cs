using System.Buffers;
using System.Runtime.CompilerServices;

namespace Koinon.Crypto.Pairings;

/// <summary>Points sorted into buckets, each of which is then summed in affine coordinates.</summary>
/// <remarks>
/// Points of one bucket are added in pairs, all buckets together, round by round until one is left in each: every
/// addition needs an inverse, and all of a round come from one, so that an addition costs six products and not eleven.
/// Working memory is rented for as long as the value lives; dispose of it.
/// </remarks>
internal readonly struct Buckets<TField> : IDisposable
    where TField : unmanaged, IField<TField>
{
    private readonly AffinePoint<TField>[] _points;
    private readonly TField[] _denominators;
    private readonly TField[] _products;
    private readonly int[] _starts;
    private readonly int[] _counts;
    private readonly int _size;

    /// <summary>Rents room for so many points in so many buckets.</summary>
    internal Buckets(int points, int size)
    {
        _points = ArrayPool<AffinePoint<TField>>.Shared.Rent(points);
        _denominators = ArrayPool<TField>.Shared.Rent((points / 2) + 1);
        _products = ArrayPool<TField>.Shared.Rent((points / 2) + 1);
        _starts = ArrayPool<int>.Shared.Rent(size + 1);
        _counts = ArrayPool<int>.Shared.Rent(size);
        _size = size;
    }

    /// <summary>Sums the points of each bucket.</summary>
    /// <param name="points">The points.</param>
    /// <param name="digits">For each point its bucket, counted from one; negative to add its negation, 0 to leave
    /// it.</param>
    internal void Fill(ReadOnlySpan<AffinePoint<TField>> points, ReadOnlySpan<short> digits)
    {
        Span<int> counts = _counts.AsSpan(0, _size);
        counts.Clear();
        foreach (short digit in digits)
        {
            if (digit != 0) counts[Math.Abs((int)digit) - 1]++;
        }

        _starts[0] = 0;
        for (int b = 0; b < _size; b++) _starts[b + 1] = _starts[b] + counts[b];

        counts.Clear();
        for (int i = 0; i < digits.Length; i++)
        {
            if (digits[i] == 0) continue;
            int bucket = Math.Abs((int)digits[i]) - 1;
            ref AffinePoint<TField> place = ref _points[_starts[bucket] + counts[bucket]++];
            place = points[i];
            if (digits[i] < 0) TField.Negate(place.Y, out place.Y);
        }

        while (AddPairs())
        {
        }
    }

    /// <summary>The sum of a bucket; infinity for an empty one.</summary>
    internal AffinePoint<TField> this[int bucket] => _counts[bucket] == 0 ? default : _points[_starts[bucket]];

    /// <summary>Gives the rented memory back.</summary>
    public void Dispose()
    {
        ArrayPool<AffinePoint<TField>>.Shared.Return(_points);
        ArrayPool<TField>.Shared.Return(_denominators);
        ArrayPool<TField>.Shared.Return(_products);
        ArrayPool<int>.Shared.Return(_starts);
        ArrayPool<int>.Shared.Return(_counts);
    }

    // Halves every bucket; false when none held two.
    private bool AddPairs()
    {
        int pairs = 0;
        TField product = TField.One;
        for (int b = 0; b < _size; b++)
        {
            for (int i = 0; i + 1 < _counts[b]; i += 2, pairs++)
            {
                int at = _starts[b] + i;
                WriteDenominator(_points[at], _points[at + 1], out _denominators[pairs]);
                _products[pairs] = product;
                TField.Multiply(product, _denominators[pairs], out product);
            }
        }

        if (pairs == 0) return false;

        // From the last pair back, the inverse sheds one denominator after the other.
        TField.Invert(product, out TField inverse);
        for (int b = _size - 1; b >= 0; b--)
        {
            for (int i = (_counts[b] & ~1) - 2; i >= 0; i -= 2)
            {
                pairs--;
                int at = _starts[b] + i;
                TField.Multiply(inverse, _products[pairs], out TField own);
                TField.Multiply(inverse, _denominators[pairs], out inverse);
                AddPair(_points[at], _points[at + 1], own, out _points[at]);
            }

            // The sums, and a last point without a partner, move together.
            int half = (_counts[b] + 1) / 2;
            for (int i = 1; i < half; i++) _points[_starts[b] + i] = _points[_starts[b] + (2 * i)];
            _counts[b] = half;
        }

        return true;
    }

    // x2 - x1 for a sum, 2 y for a double, one where nothing is to be divided.
    private static void WriteDenominator(
        in AffinePoint<TField> p, in AffinePoint<TField> q, out TField denominator)
    {
        denominator = TField.One;
        if (p.IsInfinity || q.IsInfinity) return;

        TField.Subtract(q.X, p.X, out TField difference);
        if (!TField.IsZero(difference)) denominator = difference;
        else if (TField.AreEqual(p.Y, q.Y) && !TField.IsZero(p.Y)) TField.Double(p.Y, out denominator);
    }

    [SkipLocalsInit]
    private static void AddPair(
        in AffinePoint<TField> p, in AffinePoint<TField> q, in TField inverse, out AffinePoint<TField> result)
    {
        if (p.IsInfinity || q.IsInfinity)
        {
            result = p.IsInfinity ? q : p;
            return;
        }

        TField slope;
        if (!TField.AreEqual(p.X, q.X))
        {
            TField.Subtract(q.Y, p.Y, out slope);
        }
        else if (TField.AreEqual(p.Y, q.Y) && !TField.IsZero(p.Y))
        {
            TField.Square(p.X, out TField square);
            TField.Double(square, out slope);
            TField.Add(slope, square, out slope);
        }
        else
        {
            result = default;
            return;
        }

        // x3 = slope^2 - x1 - x2, y3 = slope (x1 - x3) - y1; the result may stand where p does.
        TField.Multiply(slope, inverse, out slope);
        TField.Square(slope, out TField x);
        TField.Subtract(x, p.X, out x);
        TField.Subtract(x, q.X, out x);
        TField.Subtract(p.X, x, out TField y);
        TField.Multiply(slope, y, out y);
        TField.Subtract(y, p.Y, out result.Y);
        result.X = x;
    }
}
