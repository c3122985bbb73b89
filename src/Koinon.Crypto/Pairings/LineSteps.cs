using System.Runtime.CompilerServices;

namespace Koinon.Crypto.Pairings;

/// <summary>The steps of a Miller loop over a point of the twist in homogeneous coordinates (X / Z, Y / Z).</summary>
/// <remarks>
/// Formulas of Costello, Lange and Naehrig (ePrint 2009/615). A line is three coefficients: the constant, that of x_P,
/// and that of y_P, up to a factor of the field below, which the final exponentiation removes.
/// </remarks>
internal struct LineSteps<TField>
    where TField : unmanaged, IPrimeField<TField>
{
    private Fp2<TField> _x;
    private Fp2<TField> _y;
    private Fp2<TField> _z;

    internal LineSteps(in AffinePoint<Fp2<TField>> start)
    {
        _x = start.X;
        _y = start.Y;
        _z = Fp2<TField>.One;
    }

    /// <summary>Doubles the point and gives the tangent.</summary>
    /// <param name="twistB">The constant b of the twist.</param>
    /// <param name="line">The tangent.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Double(in Fp2<TField> twistB, out Line<TField> line)
    {
        Fp2<TField>.Multiply(_x, _y, out Fp2<TField> a);
        Fp2<TField>.Halve(a, out a);
        Fp2<TField>.Square(_y, out Fp2<TField> b);
        Fp2<TField>.Square(_z, out Fp2<TField> c);
        Fp2<TField>.Double(c, out Fp2<TField> e);
        Fp2<TField>.Add(e, c, out e);
        Fp2<TField>.Multiply(e, twistB, out e);
        Fp2<TField>.Double(e, out Fp2<TField> f);
        Fp2<TField>.Add(f, e, out f);
        Fp2<TField>.Add(_y, _z, out Fp2<TField> h);
        Fp2<TField>.Square(h, out h);
        Fp2<TField>.Subtract(h, b, out h);
        Fp2<TField>.Subtract(h, c, out h);
        Fp2<TField>.Square(_x, out Fp2<TField> j);

        Fp2<TField>.Subtract(e, b, out line.Constant);
        Fp2<TField>.Double(j, out line.OfX);
        Fp2<TField>.Add(line.OfX, j, out line.OfX);
        Fp2<TField>.Negate(h, out line.OfY);

        // X = a (b - f), Y = ((b + f) / 2)^2 - 3 e^2, Z = b h.
        Fp2<TField>.Subtract(b, f, out c);
        Fp2<TField>.Multiply(a, c, out _x);
        Fp2<TField>.Add(b, f, out f);
        Fp2<TField>.Halve(f, out f);
        Fp2<TField>.Square(f, out f);
        Fp2<TField>.Square(e, out e);
        Fp2<TField>.Subtract(f, e, out f);
        Fp2<TField>.Subtract(f, e, out f);
        Fp2<TField>.Subtract(f, e, out _y);
        Fp2<TField>.Multiply(b, h, out _z);
    }

    /// <summary>Adds a point or, for a negative digit, subtracts it, and gives the chord.</summary>
    internal void Add(int digit, in AffinePoint<Fp2<TField>> other, out Line<TField> line)
    {
        if (digit > 0)
        {
            Add(other, out line);
            return;
        }

        AffinePoint<Fp2<TField>>.Negate(other, out AffinePoint<Fp2<TField>> negated);
        Add(negated, out line);
    }

    /// <summary>Adds a point of the twist and gives the chord.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Add(in AffinePoint<Fp2<TField>> other, out Line<TField> line)
    {
        Fp2<TField>.Multiply(other.Y, _z, out Fp2<TField> theta);
        Fp2<TField>.Subtract(_y, theta, out theta);
        Fp2<TField>.Multiply(other.X, _z, out Fp2<TField> lambda);
        Fp2<TField>.Subtract(_x, lambda, out lambda);
        Fp2<TField>.Square(theta, out Fp2<TField> c);
        Fp2<TField>.Square(lambda, out Fp2<TField> d);
        Fp2<TField>.Multiply(lambda, d, out Fp2<TField> e);
        Fp2<TField>.Multiply(_z, c, out Fp2<TField> f);
        Fp2<TField>.Multiply(_x, d, out Fp2<TField> g);
        Fp2<TField>.Add(e, f, out Fp2<TField> h);
        Fp2<TField>.Subtract(h, g, out h);
        Fp2<TField>.Subtract(h, g, out h);

        Fp2<TField>.Multiply(lambda, h, out _x);
        Fp2<TField>.Subtract(g, h, out g);
        Fp2<TField>.Multiply(theta, g, out g);
        Fp2<TField>.Multiply(e, _y, out f);
        Fp2<TField>.Subtract(g, f, out _y);
        Fp2<TField>.Multiply(_z, e, out _z);

        Fp2<TField>.Multiply(theta, other.X, out f);
        Fp2<TField>.Multiply(lambda, other.Y, out g);
        Fp2<TField>.Subtract(f, g, out line.Constant);
        Fp2<TField>.Negate(theta, out line.OfX);
        line.OfY = lambda;
    }
}
