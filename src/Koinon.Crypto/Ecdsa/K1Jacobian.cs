using System.Runtime.CompilerServices;

namespace Koinon.Crypto.Ecdsa;

/// <summary>A point of secp256k1 in Jacobian coordinates: x = X/Z², y = Y/Z³; infinity is a flag.</summary>
/// <remarks>
/// Magnitudes between operations: X at most 5, Y at most 4, Z at most 1. Operations whose names end in Vartime
/// branch on the
/// points and are for public values only; the others run in time independent of the points.
/// </remarks>
internal struct K1Jacobian
{
    /// <summary>The coordinates; meaningless when <see cref="IsInfinity"/>.</summary>
    internal K1Field X, Y, Z;

    /// <summary>Whether this is the neutral element.</summary>
    internal bool IsInfinity;

    internal K1Jacobian(in K1Field x, in K1Field y)
    {
        X = x;
        Y = y;
        Z = K1Field.One;
        IsInfinity = false;
    }

    /// <summary>The neutral element.</summary>
    internal static K1Jacobian Infinity => new() { IsInfinity = true };

    /// <summary>Replaces a point that is not infinity by its double.</summary>
    /// <remarks>3 products, 4 squares, in time independent of the point; none has order 2, no case is special.
    /// </remarks>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Double(ref K1Jacobian p)
    {
        // L = 3/2·X², U = X·Y²; X3 = L² - 2U, Y3 = L·(U - X3) - Y⁴, Z3 = Y·Z.
        K1Field.Multiply(in p.Z, in p.Y, out p.Z);
        K1Field.Square(in p.Y, out K1Field s);
        K1Field.Square(in p.X, out K1Field l);
        K1Field.Multiply(in s, in p.X, out K1Field u);
        K1Field.MultiplyByThreeHalves(in l, out l);     // (2)
        K1Field.Square(in l, out K1Field x);
        K1Field.Square(in s, out s);
        K1Field.SubtractTwice(in x, in u, out p.X);     // (4)
        K1Field.Subtract(in u, in p.X, 4, out u);       // (6)
        K1Field.Multiply(in u, in l, out u);
        K1Field.Subtract(in u, in s, 1, out p.Y);       // (3)
    }

    /// <summary>Adds an affine point to any point.</summary>
    /// <param name="p">The point that is replaced by the sum.</param>
    /// <param name="x">The other point's x, of magnitude 1.</param>
    /// <param name="y">The other point's y, of magnitude at most 2.</param>
    /// <param name="ratio">Receives what Z was multiplied by, when p and the sum are not infinity.</param>
    /// <remarks>8 products, 3 squares.</remarks>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddVartime(ref K1Jacobian p, in K1Field x, in K1Field y, out K1Field ratio)
    {
        if (p.IsInfinity)
        {
            ratio = K1Field.One;
            p = new K1Jacobian(in x, in y);
            return;
        }

        K1Field.Square(in p.Z, out K1Field zz);
        K1Field.Multiply(in x, in zz, out K1Field u2);
        K1Field.Multiply(in p.Z, in zz, out zz);
        K1Field.Multiply(in y, in zz, out K1Field s2);
        Finish(ref p, in u2, in s2, out ratio);
    }

    /// <summary>As <see cref="AddVartime"/>, where the other point's own Z is not 1 but given by its inverse.</summary>
    /// <remarks>Lets a table of affine points take part in a sum whose common Z is not 1: one product more.</remarks>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddScaledVartime(ref K1Jacobian p, in K1Field x, in K1Field y, in K1Field inverseZ)
    {
        if (p.IsInfinity)
        {
            K1Field.Square(in inverseZ, out K1Field scale);
            K1Field.Multiply(in x, in scale, out p.X);
            K1Field.Multiply(in scale, in inverseZ, out scale);
            K1Field.Multiply(in y, in scale, out p.Y);
            p.Z = K1Field.One;
            p.IsInfinity = false;
            return;
        }

        K1Field.Multiply(in p.Z, in inverseZ, out K1Field z);
        K1Field.Square(in z, out K1Field zz);
        K1Field.Multiply(in x, in zz, out K1Field u2);
        K1Field.Multiply(in z, in zz, out zz);
        K1Field.Multiply(in y, in zz, out K1Field s2);
        Finish(ref p, in u2, in s2, out _);
    }

    /// <summary>Adds an affine point to a point that is not infinity, in time independent of both.</summary>
    /// <param name="p">The point that is replaced by the sum.</param>
    /// <param name="b">The other point, coordinates of magnitude 1.</param>
    /// <remarks>
    /// 7 products, 5 squares (Brier and Joye's unified formula, its exceptional case y1 = -y2 replaced by masks as in
    /// libsecp256k1's gej_add_ge); complete but for infinity: when b = -p the result has Z = 0 and the flag stays
    /// unset.
    /// </remarks>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddConstantTime(ref K1Jacobian p, in K1Affine b)
    {
        K1Field.Square(in p.Z, out K1Field zz);
        K1Field.Multiply(in b.X, in zz, out K1Field u2);
        K1Field.Multiply(in p.Z, in zz, out zz);
        K1Field.Multiply(in b.Y, in zz, out K1Field s2);
        K1Field.Add(in p.X, in u2, out K1Field t);                // T = U1 + U2 (6)
        K1Field.Add(in p.Y, in s2, out K1Field m);                // M = S1 + S2 (5)
        K1Field.Square(in t, out K1Field r);                      // T² (1)
        K1Field.Multiply(in p.X, in u2, out K1Field product);     // U1·U2 (1)
        K1Field.Subtract(in r, in product, 1, out r);             // R = T² - U1·U2 (3)

        // M = 0: lambda is R/M = 0/0; then (S1 - S2)/(U1 - U2) = 2·S1/(U1 - U2) says the same.
        ulong regular = (m.IsZeroModulo() ? 1UL : 0UL) - 1;
        K1Field.MultiplySmall(in p.Y, 2, out K1Field numerator);  // (8)
        K1Field.Subtract(in p.X, in u2, 1, out K1Field divisor);  // U1 - U2 (7)
        K1Field.MoveIf(ref numerator, in r, regular);
        K1Field.MoveIf(ref divisor, in m, regular);
        K1Field.Multiply(in p.Z, in divisor, out p.Z);
        K1Field.Square(in divisor, out K1Field d2);               // D² (1)
        K1Field.Multiply(in t, in d2, out t);                     // Q = T·D² (1)
        K1Field.Square(in d2, out d2);                            // D⁴, which is M³·D in the regular case (1)
        K1Field.MoveIf(ref d2, in m, ~regular);                   // and 0 = M otherwise (5)
        K1Field.Square(in numerator, out r);                      // N² (1)
        K1Field.Subtract(in r, in t, 1, out p.X);                 // X3 = N² - Q (3)
        K1Field.MultiplySmall(in p.X, 2, out r);                  // (6)
        K1Field.Subtract(in t, in r, 6, out t);                   // Q - 2·X3 (8)
        K1Field.Multiply(in t, in numerator, out t);              // (1)
        K1Field.Subtract(in t, in d2, 5, out t);                  // (7)
        K1Field.Halve(in t, out p.Y);                             // Y3 = (N·(Q - 2·X3) - M³·D)/2 (4)
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

    /// <summary>The common end of the mixed additions: 5 products, 2 squares.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(ref K1Jacobian p, in K1Field u2, in K1Field s2, out K1Field h)
    {
        K1Field.Subtract(in u2, in p.X, 5, out h);                // H = U2 - U1 (7)
        K1Field.Subtract(in s2, in p.Y, 4, out K1Field r);        // R = S2 - S1 (6)
        if (h.IsZeroModuloVartime())
        {
            AddSameX(ref p, in r, out h);
            return;
        }

        K1Field.Multiply(in p.Z, in h, out p.Z);
        K1Field.Square(in h, out K1Field h2);
        K1Field.Multiply(in p.X, in h2, out K1Field v);           // V = U1·H²
        K1Field.Multiply(in h2, in h, out h2);                    // H³
        K1Field.Square(in r, out K1Field x);
        K1Field.Multiply(in p.Y, in h2, out K1Field y);           // S1·H³
        K1Field.SubtractWithTwice(in x, in h2, in v, out p.X);    // X3 = R² - H³ - 2V (5)
        K1Field.Subtract(in v, in p.X, 5, out v);                 // V - X3 (7)
        K1Field.Multiply(in v, in r, out v);
        K1Field.Subtract(in v, in y, 1, out p.Y);                 // Y3 = R·(V - X3) - S1·H³ (3)
    }

    /// <summary>The sum of two points with equal x: the double, or infinity when y differs.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddSameX(ref K1Jacobian p, in K1Field difference, out K1Field ratio)
    {
        ratio = p.Y;
        if (difference.IsZeroModulo())
        {
            Double(ref p);
        }
        else
        {
            p = Infinity;
        }
    }
}
