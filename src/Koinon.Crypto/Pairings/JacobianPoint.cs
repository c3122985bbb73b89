using System.Runtime.CompilerServices;

namespace Koinon.Crypto.Pairings;

/// <summary>A point (X / Z^2, Y / Z^3) of a curve y^2 = x^3 + b; Z = 0 is infinity.</summary>
/// <typeparam name="TField">The field of the coordinates.</typeparam>
/// <remarks>
/// Formulas dbl-2009-l, add-2007-bl and madd-2007-bl of the Explicit-Formulas Database. Results may be operands.
/// </remarks>
internal struct JacobianPoint<TField>
    where TField : unmanaged, IField<TField>
{
    internal TField X;
    internal TField Y;
    internal TField Z;

    /// <summary>The same point with Z = 1.</summary>
    internal JacobianPoint(in AffinePoint<TField> a)
    {
        X = a.X;
        Y = a.Y;
        Z = a.IsInfinity ? default : TField.One;
    }

    internal readonly bool IsInfinity => TField.IsZero(Z);

    [SkipLocalsInit]
    internal static void Double(in JacobianPoint<TField> p, out JacobianPoint<TField> result)
    {
        TField.Square(p.X, out TField a);
        TField.Square(p.Y, out TField b);
        TField.Square(b, out TField c);
        TField.Add(p.X, b, out TField d);
        TField.Square(d, out d);
        TField.Subtract(d, a, out d);
        TField.Subtract(d, c, out d);
        TField.Double(d, out d);
        TField.Double(a, out TField e);
        TField.Add(e, a, out e);
        TField.Square(e, out TField f);

        TField.Multiply(p.Y, p.Z, out a);
        TField.Double(a, out result.Z);
        TField.Subtract(f, d, out f);
        TField.Subtract(f, d, out result.X);
        TField.Subtract(d, result.X, out d);
        TField.Multiply(e, d, out e);
        TField.Double(c, out c);
        TField.Double(c, out c);
        TField.Double(c, out c);
        TField.Subtract(e, c, out result.Y);
    }

    [SkipLocalsInit]
    internal static void Add(
        in JacobianPoint<TField> p, in JacobianPoint<TField> q, out JacobianPoint<TField> result)
    {
        if (p.IsInfinity)
        {
            result = q;
            return;
        }

        if (q.IsInfinity)
        {
            result = p;
            return;
        }

        TField.Square(p.Z, out TField z1z1);
        TField.Square(q.Z, out TField z2z2);
        TField.Multiply(p.X, z2z2, out TField u1);
        TField.Multiply(q.X, z1z1, out TField u2);
        TField.Multiply(p.Y, q.Z, out TField s1);
        TField.Multiply(s1, z2z2, out s1);
        TField.Multiply(q.Y, p.Z, out TField s2);
        TField.Multiply(s2, z1z1, out s2);
        TField.Subtract(u2, u1, out TField h);
        TField.Subtract(s2, s1, out TField r);
        if (TField.IsZero(h))
        {
            if (TField.IsZero(r)) Double(p, out result);
            else result = default;
            return;
        }

        // Z3 = ((Z1 + Z2)^2 - Z1Z1 - Z2Z2) h.
        TField.Add(p.Z, q.Z, out TField z);
        TField.Square(z, out z);
        TField.Subtract(z, z1z1, out z);
        TField.Subtract(z, z2z2, out z);
        TField.Multiply(z, h, out result.Z);
        Finish(h, r, u1, s1, out result.X, out result.Y);
    }

    /// <summary>Adds a point with Z = 1.</summary>
    [SkipLocalsInit]
    internal static void Add(
        in JacobianPoint<TField> p, in AffinePoint<TField> q, out JacobianPoint<TField> result)
    {
        if (q.IsInfinity)
        {
            result = p;
            return;
        }

        if (p.IsInfinity)
        {
            result = new JacobianPoint<TField>(q);
            return;
        }

        TField.Square(p.Z, out TField z1z1);
        TField.Multiply(q.X, z1z1, out TField u2);
        TField.Multiply(q.Y, p.Z, out TField s2);
        TField.Multiply(s2, z1z1, out s2);
        TField.Subtract(u2, p.X, out TField h);
        TField.Subtract(s2, p.Y, out TField r);
        if (TField.IsZero(h))
        {
            if (TField.IsZero(r)) Double(p, out result);
            else result = default;
            return;
        }

        TField u1 = p.X;
        TField s1 = p.Y;
        TField.Multiply(p.Z, h, out TField z);
        TField.Double(z, out result.Z);
        Finish(h, r, u1, s1, out result.X, out result.Y);
    }

    internal static void Negate(in JacobianPoint<TField> p, out JacobianPoint<TField> result)
    {
        result.X = p.X;
        result.Z = p.Z;
        TField.Negate(p.Y, out result.Y);
    }

    internal static bool AreEqual(in JacobianPoint<TField> p, in JacobianPoint<TField> q)
    {
        if (p.IsInfinity || q.IsInfinity) return p.IsInfinity && q.IsInfinity;
        TField.Square(p.Z, out TField z1z1);
        TField.Square(q.Z, out TField z2z2);
        TField.Multiply(p.X, z2z2, out TField left);
        TField.Multiply(q.X, z1z1, out TField right);
        if (!TField.AreEqual(left, right)) return false;
        TField.Multiply(z1z1, p.Z, out z1z1);
        TField.Multiply(z2z2, q.Z, out z2z2);
        TField.Multiply(p.Y, z2z2, out left);
        TField.Multiply(q.Y, z1z1, out right);
        return TField.AreEqual(left, right);
    }

    /// <summary>The same point with Z = 1; costs an inversion.</summary>
    internal readonly void ToAffine(out AffinePoint<TField> result)
    {
        TField.Invert(Z, out TField inverse);
        Scale(inverse, out result);
    }

    /// <summary>The affine form of many points by one inversion.</summary>
    internal static void ToAffine(ReadOnlySpan<JacobianPoint<TField>> points, Span<AffinePoint<TField>> results)
    {
        // results[i].X holds the product of the Zs before i until the way back; a zero Z is skipped and gives (0, 0).
        TField product = TField.One;
        for (int i = 0; i < points.Length; i++)
        {
            results[i].X = product;
            if (!points[i].IsInfinity) TField.Multiply(product, points[i].Z, out product);
        }

        TField.Invert(product, out TField inverse);
        for (int i = points.Length - 1; i >= 0; i--)
        {
            if (points[i].IsInfinity)
            {
                results[i] = default;
                continue;
            }

            TField.Multiply(inverse, results[i].X, out TField own);
            TField.Multiply(inverse, points[i].Z, out inverse);
            points[i].Scale(own, out results[i]);
        }
    }

    private readonly void Scale(in TField inverse, out AffinePoint<TField> result)
    {
        TField.Square(inverse, out TField square);
        TField.Multiply(X, square, out result.X);
        TField.Multiply(Y, square, out result.Y);
        TField.Multiply(result.Y, inverse, out result.Y);
    }

    // The part common to both additions, from h = u2 - u1 and half = s2 - s1, when Z3 = 2 Z1 Z2 h.
    private static void Finish(
        in TField h, in TField half, in TField u1, in TField s1, out TField x, out TField y)
    {
        TField.Double(h, out TField i);
        TField.Square(i, out i);
        TField.Multiply(h, i, out TField j);
        TField.Double(half, out TField r);
        TField.Multiply(u1, i, out TField v);
        TField.Square(r, out i);
        TField.Subtract(i, j, out i);
        TField.Subtract(i, v, out i);
        TField.Subtract(i, v, out x);
        TField.Subtract(v, x, out v);
        TField.Multiply(r, v, out v);
        TField.Multiply(s1, j, out j);
        TField.Double(j, out j);
        TField.Subtract(v, j, out y);
    }
}
