using System.Runtime.CompilerServices;
using Koinon.Crypto.Ecdsa;

namespace Koinon.Crypto.Pairings;

/// <summary>Multiplication of a point by a short public number, such as a curve's parameter.</summary>
internal static class ScalarMultiplication
{
    /// <summary>Multiplies a point by a number of 64 bits.</summary>
    [SkipLocalsInit]
    internal static void Multiply<TField>(
        in JacobianPoint<TField> point, ulong factor, out JacobianPoint<TField> result)
        where TField : unmanaged, IField<TField>
    {
        JacobianPoint<TField>.Negate(point, out JacobianPoint<TField> negated);
        Span<short> digits = stackalloc short[65];
        JacobianPoint<TField> sum = default;
        for (int place = Recode(factor, digits) - 1; place >= 0; place--)
        {
            JacobianPoint<TField>.Double(sum, out sum);
            if (digits[place] > 0) JacobianPoint<TField>.Add(sum, point, out sum);
            else if (digits[place] < 0) JacobianPoint<TField>.Add(sum, negated, out sum);
        }

        result = sum;
    }

    /// <summary>Multiplies a point with Z = 1 by a number of 64 bits.</summary>
    [SkipLocalsInit]
    internal static void Multiply<TField>(
        in AffinePoint<TField> point, ulong factor, out JacobianPoint<TField> result)
        where TField : unmanaged, IField<TField>
    {
        AffinePoint<TField>.Negate(point, out AffinePoint<TField> negated);
        Span<short> digits = stackalloc short[65];
        JacobianPoint<TField> sum = default;
        for (int place = Recode(factor, digits) - 1; place >= 0; place--)
        {
            JacobianPoint<TField>.Double(sum, out sum);
            if (digits[place] > 0) JacobianPoint<TField>.Add(sum, point, out sum);
            else if (digits[place] < 0) JacobianPoint<TField>.Add(sum, negated, out sum);
        }

        result = sum;
    }

    private static int Recode(ulong factor, Span<short> digits)
    {
        digits.Clear();
        return NonAdjacentForm.RecodeVartime([factor], isNegative: false, 2, digits);
    }
}
