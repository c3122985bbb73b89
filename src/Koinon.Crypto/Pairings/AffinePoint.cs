namespace Koinon.Crypto.Pairings;

/// <summary>A point (x, y) of a curve y^2 = x^3 + b; (0, 0), which lies on none of ours, stands for infinity.</summary>
/// <typeparam name="TField">The field of the coordinates.</typeparam>
internal struct AffinePoint<TField>
    where TField : unmanaged, IField<TField>
{
    internal TField X;
    internal TField Y;

    internal AffinePoint(in TField x, in TField y)
    {
        X = x;
        Y = y;
    }

    internal readonly bool IsInfinity => TField.IsZero(X) && TField.IsZero(Y);

    /// <summary>Whether a point that is not infinity satisfies y^2 = x^3 + b.</summary>
    internal readonly bool IsOnCurve(in TField b)
    {
        TField.Square(X, out TField right);
        TField.Multiply(right, X, out right);
        TField.Add(right, b, out right);
        TField.Square(Y, out TField left);
        return TField.AreEqual(left, right);
    }

    internal static void Negate(in AffinePoint<TField> a, out AffinePoint<TField> result)
    {
        result.X = a.X;
        TField.Negate(a.Y, out result.Y);
    }
}
