using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Koinon.Crypto.Ecdsa;

/// <summary>An affine point together with its negative's y, so that choosing a sign needs no branch.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct K1SignedAffine
{
    /// <summary>The x of both points, of magnitude 1.</summary>
    internal K1Field X;

    private K1Field _y;

    private K1Field _negativeY;

    internal K1SignedAffine(in K1Field x, in K1Field y)
    {
        X = x;
        _y = y;
        K1Field.Negate(in y, 1, out _negativeY);
    }

    /// <summary>Gives the y of the point with the sign of <paramref name="digit"/>, of magnitude at most 2.</summary>
    /// <param name="point">The point; the result refers into it.</param>
    /// <param name="digit">A digit that is not zero.</param>
    internal static ref readonly K1Field Y(ref readonly K1SignedAffine point, int digit)
    {
        // In bounds: the offset is 0 or 1 element, and _negativeY follows _y in this sequential layout. A branch on
        // the random sign would be mispredicted every other time.
        return ref Unsafe.Add(ref Unsafe.AsRef(in point._y), digit >>> 31);
    }
}
