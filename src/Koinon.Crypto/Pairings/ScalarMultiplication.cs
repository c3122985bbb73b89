using System.Runtime.CompilerServices;

namespace Koinon.Crypto.Pairings;

/// <summary>Multiplication of a point by a public number.</summary>
internal static class ScalarMultiplication
{
    /// <summary>Multiplies bit by bit by a number given as limbs, least significant first.</summary>
    [SkipLocalsInit]
    internal static void Multiply<TField>(
        in JacobianPoint<TField> point, ReadOnlySpan<ulong> factor, out JacobianPoint<TField> result)
        where TField : unmanaged, IField<TField>
    {
        JacobianPoint<TField> sum = default;
        for (int bit = factor.Length * 64 - 1; bit >= 0; bit--)
        {
            JacobianPoint<TField>.Double(sum, out sum);
            if (((factor[bit >> 6] >> (bit & 63)) & 1) == 1) JacobianPoint<TField>.Add(sum, point, out sum);
        }

        result = sum;
    }
}
