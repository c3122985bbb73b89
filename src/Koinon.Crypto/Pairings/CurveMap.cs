namespace Koinon.Crypto.Pairings;

/// <summary>The simplified map of Shallue, van de Woestijne and Ulas, followed by an isogeny.</summary>
/// <typeparam name="TField">The field of the coordinates.</typeparam>
/// <typeparam name="TRoots">Its square roots.</typeparam>
/// <remarks>RFC 9380, sections 6.6.3 and F.2. The result may lie outside the group of prime order.</remarks>
internal sealed class CurveMap<TField, TRoots>
    where TField : unmanaged, IField<TField>
    where TRoots : struct, ISquareRoots<TField>
{
    private readonly TField _a;
    private readonly TField _b;
    private readonly TField[] _numeratorOfX;
    private readonly TField[] _denominatorOfX;
    private readonly TField[] _numeratorOfY;
    private readonly TField[] _denominatorOfY;

    /// <summary>Takes the isogenous curve y^2 = x^3 + a x + b and the isogeny's four polynomials.</summary>
    internal CurveMap(in TField a, in TField b, TField[][] isogeny)
    {
        _a = a;
        _b = b;
        _numeratorOfX = isogeny[0];
        _denominatorOfX = isogeny[1];
        _numeratorOfY = isogeny[2];
        _denominatorOfY = isogeny[3];
    }

    /// <summary>Maps a field element to a point of the curve.</summary>
    internal void Map(in TField u, out JacobianPoint<TField> result)
    {
        MapToIsogenous(u, out TField numerator, out TField denominator, out TField y);
        ApplyIsogeny(numerator, denominator, y, out result);
    }

    // x leaves as a fraction, so that no inversion is needed.
    private void MapToIsogenous(in TField u, out TField numerator, out TField denominator, out TField y)
    {
        // t = z u^2, s = t^2 + t; x1 = b (s + 1) / (-a s), or b / (a z) for s = 0.
        TField.Square(u, out TField t);
        TField.Multiply(t, TRoots.Z, out t);
        TField.Square(t, out TField s);
        TField.Add(s, t, out s);
        TField.Add(s, TField.One, out numerator);
        TField.Multiply(numerator, _b, out numerator);
        TField.Negate(s, out denominator);
        if (TField.IsZero(s)) denominator = TRoots.Z;
        TField.Multiply(denominator, _a, out denominator);

        // g(x1) = gn / gd with gd = denominator^3.
        TField.Square(denominator, out TField square);
        TField.Multiply(square, denominator, out TField gd);
        TField.Square(numerator, out TField gn);
        TField.Multiply(square, _a, out square);
        TField.Add(gn, square, out gn);
        TField.Multiply(gn, numerator, out gn);
        TField.Multiply(gd, _b, out square);
        TField.Add(gn, square, out gn);

        if (!TRoots.IsSquareRatio(gn, gd, out y))
        {
            // x2 = t x1 and g(x2) = t^3 g(x1), whose root is t u times that of z g(x1).
            TField.Multiply(numerator, t, out numerator);
            TField.Multiply(y, t, out y);
            TField.Multiply(y, u, out y);
        }

        if (TRoots.IsOdd(u) != TRoots.IsOdd(y)) TField.Negate(y, out y);
    }

    private void ApplyIsogeny(
        in TField numerator, in TField denominator, in TField y, out JacobianPoint<TField> result)
    {
        Evaluate(_numeratorOfX, numerator, denominator, out TField xn);
        Evaluate(_denominatorOfX, numerator, denominator, out TField xd);
        Evaluate(_numeratorOfY, numerator, denominator, out TField yn);
        Evaluate(_denominatorOfY, numerator, denominator, out TField yd);

        // x' = xn / xd with xd raised by the one degree it lacks, y' = y yn / yd; Z = xd yd.
        TField.Multiply(xd, denominator, out xd);
        TField.Multiply(xd, yd, out result.Z);
        TField.Multiply(xn, yd, out xn);
        TField.Multiply(xn, result.Z, out result.X);
        TField.Square(result.Z, out TField square);
        TField.Multiply(y, yn, out yn);
        TField.Multiply(yn, xd, out yn);
        TField.Multiply(yn, square, out result.Y);
    }

    // The polynomial at n / d, times d to its degree.
    private static void Evaluate(TField[] coefficients, in TField n, in TField d, out TField result)
    {
        TField sum = coefficients[^1];
        TField power = d;
        for (int i = coefficients.Length - 2; i >= 0; i--)
        {
            TField.Multiply(sum, n, out sum);
            TField.Multiply(coefficients[i], power, out TField term);
            TField.Add(sum, term, out sum);
            if (i > 0) TField.Multiply(power, d, out power);
        }

        result = sum;
    }
}
