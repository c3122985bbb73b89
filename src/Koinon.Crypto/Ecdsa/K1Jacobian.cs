using System.Runtime.CompilerServices;

namespace Koinon.Crypto.Ecdsa;

/// <summary>A point of secp256k1 in Jacobian coordinates: x = X/Z², y = Y/Z³; infinity is a flag.</summary>
/// <remarks>
/// Magnitudes between operations: X and Y at most 4, Z at most 1. Operations whose names end in Vartime branch on the
/// points and are for public values only; the others run in time independent of the points.
/// </remarks>
internal struct K1Jacobian
{
    /// <summary>The coordinates; meaningless when <see cref="IsInfinity"/>.</summary>
    internal K1Field X, Y, Z;

    /// <summary>Whether this is the neutral element.</summary>
    internal bool IsInfinity;

    internal K1Jacobian(in K1Affine point)
    {
        X = point.X;
        Y = point.Y;
        Z = K1Field.One;
        IsInfinity = false;
    }

    /// <summary>The neutral element.</summary>
    internal static K1Jacobian Infinity => new() { IsInfinity = true };

    /// <summary>r = 2a for an a that is not infinity. r may be a.</summary>
    /// <remarks>3 products, 4 squares; no point has order 2, so that no case is special.</remarks>
    internal static void Double(in K1Jacobian a, ref K1Jacobian r)
    {
        // L = 3/2·X², S = Y², T = -X·S; X3 = L² + 2T, Y3 = -(L·(X3 + T) + S²), Z3 = Y·Z.
        K1Field.Square(in a.Y, out K1Field s);
        K1Field.Square(in a.X, out K1Field l);
        K1Field.Multiply(in a.Z, in a.Y, out r.Z);
        K1Field.MultiplySmall(in l, 3, out l);
        K1Field.Halve(in l, out l);
        K1Field.Negate(in s, 1, out K1Field t);
        K1Field.Multiply(in t, in a.X, out t);
        K1Field.Square(in l, out K1Field x);
        K1Field.Add(in x, in t, out x);
        K1Field.Add(in x, in t, out x);
        K1Field.Square(in s, out s);
        K1Field.Add(in t, in x, out t);
        r.X = x;
        K1Field.Multiply(in t, in l, out K1Field y);
        K1Field.Add(in y, in s, out y);
        K1Field.Negate(in y, 2, out r.Y);
        r.IsInfinity = false;
    }

    /// <summary>r = a + b, each of any value; tells what Z was multiplied by.</summary>
    /// <param name="a">A point.</param>
    /// <param name="b">An affine point, coordinates of magnitude 1.</param>
    /// <param name="r">Receives the sum; may be a.</param>
    /// <param name="ratio">Receives Z of the sum over Z of a, when neither a nor the sum is infinity.</param>
    internal static void AddVartime(in K1Jacobian a, in K1Affine b, ref K1Jacobian r, out K1Field ratio)
    {
        if (a.IsInfinity)
        {
            ratio = K1Field.One;
            r = new K1Jacobian(in b);
            return;
        }

        K1Field.Square(in a.Z, out K1Field zz);
        K1Field.Multiply(in b.X, in zz, out K1Field u2);
        K1Field.Multiply(in b.Y, in zz, out K1Field s2);
        K1Field.Multiply(in s2, in a.Z, out s2);
        Finish(in a, in a.Z, in u2, in s2, ref r, out ratio);
    }

    /// <summary>r = a + b, where b's own Z is not 1 but given by its inverse.</summary>
    /// <remarks>Lets a table of affine points take part in a sum whose common Z is not 1: one product more.</remarks>
    internal static void AddScaledVartime(in K1Jacobian a, in K1Affine b, in K1Field inverseZ, ref K1Jacobian r)
    {
        if (a.IsInfinity)
        {
            K1Field.Square(in inverseZ, out K1Field scale);
            K1Field.Multiply(in b.X, in scale, out r.X);
            K1Field.Multiply(in scale, in inverseZ, out scale);
            K1Field.Multiply(in b.Y, in scale, out r.Y);
            r.Z = K1Field.One;
            r.IsInfinity = false;
            return;
        }

        K1Field.Multiply(in a.Z, in inverseZ, out K1Field z);
        K1Field.Square(in z, out K1Field zz);
        K1Field.Multiply(in b.X, in zz, out K1Field u2);
        K1Field.Multiply(in b.Y, in zz, out K1Field s2);
        K1Field.Multiply(in s2, in z, out s2);
        Finish(in a, in a.Z, in u2, in s2, ref r, out _);
    }

    /// <summary>r = a + b in time independent of both, for an a that is not infinity; complete otherwise.</summary>
    /// <remarks>
    /// 7 products, 5 squares (Brier and Joye's unified formula, its exceptional case y1 = -y2 replaced by masks as in
    /// libsecp256k1's gej_add_ge). When b = -a the result has Z = 0, and the flag stays unset: callers that can meet
    /// it look at Z.
    /// </remarks>
    internal static void AddConstantTime(in K1Jacobian a, in K1Affine b, ref K1Jacobian r)
    {
        K1Field.Square(in a.Z, out K1Field zz);
        K1Field u1 = a.X;
        K1Field.Multiply(in b.X, in zz, out K1Field u2);
        K1Field s1 = a.Y;
        K1Field.Multiply(in b.Y, in zz, out K1Field s2);
        K1Field.Multiply(in s2, in a.Z, out s2);
        K1Field.Add(in u1, in u2, out K1Field t);                 // T = U1 + U2 (5)
        K1Field.Add(in s1, in s2, out K1Field m);                 // M = S1 + S2 (5)
        K1Field.Square(in t, out K1Field rr);                     // T² (1)
        K1Field.Negate(in u2, 1, out K1Field mAlternative);       // -U2 (2)
        K1Field.Multiply(in u1, in mAlternative, out K1Field tt); // -U1·U2 (1)
        K1Field.Add(in rr, in tt, out rr);                        // R = T² - U1·U2 (2)

        // M = 0: lambda is R/M = 0/0; then (S1 - S2)/(U1 - U2) = 2·S1/(U1 - U2) says the same.
        ulong regular = (m.IsZeroModulo() ? 1UL : 0UL) - 1;
        K1Field.MultiplySmall(in s1, 2, out K1Field rAlternative); // (8)
        K1Field.Add(in mAlternative, in u1, out mAlternative);     // U1 - U2 (6)
        K1Field.MoveIf(ref rAlternative, in rr, regular);
        K1Field.MoveIf(ref mAlternative, in m, regular);
        K1Field.Square(in mAlternative, out K1Field n);            // Malt² (1)
        K1Field.Negate(in t, 5, out K1Field q);                    // (6)
        K1Field.Multiply(in q, in n, out q);                       // Q = -T·Malt² (1)
        K1Field.Square(in n, out n);                               // Malt⁴ (1)
        K1Field.MoveIf(ref n, in m, ~regular);                     // M³·Malt, which is 0 when M is (5)
        K1Field.Square(in rAlternative, out t);                    // (1)
        K1Field.Multiply(in a.Z, in mAlternative, out r.Z);
        K1Field.Add(in t, in q, out K1Field x);                    // X3 = Ralt² + Q (2)
        r.X = x;
        K1Field.MultiplySmall(in x, 2, out t);                     // (4)
        K1Field.Add(in t, in q, out t);                            // 2·X3 + Q (5)
        K1Field.Multiply(in t, in rAlternative, out t);            // (1)
        K1Field.Add(in t, in n, out t);                            // (6)
        K1Field.Negate(in t, 6, out t);                            // (7)
        K1Field.Halve(in t, out r.Y);                              // (4)
        r.IsInfinity = false;
    }

    /// <summary>Gives the affine form of a point that is not infinity, coordinates normal.</summary>
    /// <param name="inverseZ">1/Z, of magnitude 1.</param>
    /// <param name="result">Receives the point.</param>
    internal readonly void ToAffine(in K1Field inverseZ, out K1Affine result)
    {
        K1Field.Square(in inverseZ, out K1Field scale);
        K1Field.Multiply(in X, in scale, out result.X);
        K1Field.Multiply(in scale, in inverseZ, out scale);
        K1Field.Multiply(in Y, in scale, out result.Y);
        result.X.Normalize();
        result.Y.Normalize();
    }

    /// <summary>The common end of the two mixed additions: 4 products, 3 squares less those already done.</summary>
    private static void Finish(
        in K1Jacobian a, in K1Field z, in K1Field u2, in K1Field s2, ref K1Jacobian r, out K1Field ratio)
    {
        K1Field.Negate(in a.X, 4, out K1Field h);
        K1Field.Add(in h, in u2, out h);            // H = U2 - U1 (6)
        K1Field.Negate(in s2, 1, out K1Field i);
        K1Field.Add(in i, in a.Y, out i);           // I = S1 - S2 (6)
        if (h.IsZeroModulo())
        {
            AddSameX(in a, in i, ref r, out ratio);
            return;
        }

        ratio = h;
        K1Field.Multiply(in z, in h, out K1Field z3);
        K1Field.Square(in h, out K1Field h2);
        K1Field.Negate(in h2, 1, out h2);           // -H² (2)
        K1Field.Multiply(in h2, in h, out K1Field h3);
        K1Field.Multiply(in a.X, in h2, out K1Field t);
        K1Field.Square(in i, out K1Field x);
        K1Field.Add(in x, in h3, out x);
        K1Field.Add(in x, in t, out x);
        K1Field.Add(in x, in t, out x);             // X3 = I² - H³ - 2·U1·(-H²) with signs folded (4)
        K1Field.Add(in t, in x, out t);             // (5)
        K1Field.Multiply(in t, in i, out t);
        K1Field.Multiply(in h3, in a.Y, out h3);
        K1Field.Add(in t, in h3, out r.Y);          // (2)
        r.X = x;
        r.Z = z3;
        r.IsInfinity = false;
    }

    /// <summary>The sum of two points with equal x: the double, or infinity when y differs.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddSameX(in K1Jacobian a, in K1Field i, ref K1Jacobian r, out K1Field ratio)
    {
        if (!i.IsZeroModulo())
        {
            ratio = default;
            r = Infinity;
            return;
        }

        ratio = a.Y;
        ratio.NormalizeWeakly();
        Double(in a, ref r);
    }
}
