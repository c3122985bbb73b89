using System.Runtime.CompilerServices;

namespace Koinon.Crypto.Ecdsa;

/// <summary>A point of P-256, y² = x³ - 3x + b, in Jacobian coordinates: x = X/Z², y = Y/Z³; infinity is a
/// flag.</summary>
/// <remarks>Magnitudes between operations: X and Z 1, Y at most 3. For public values only.</remarks>
internal struct P256Jacobian
{
    /// <summary>The coordinates; meaningless when <see cref="IsInfinity"/>.</summary>
    internal P256Field X, Y, Z;

    /// <summary>Whether this is the neutral element.</summary>
    internal bool IsInfinity;

    internal P256Jacobian(in P256Field x, in P256Field y)
    {
        X = x;
        Y = y;
        Z = P256Field.One;
        IsInfinity = false;
    }

    /// <summary>The neutral element.</summary>
    internal static P256Jacobian Infinity => new() { IsInfinity = true };

    /// <summary>The generator (SEC 2, section 2.4.2).</summary>
    internal static P256Jacobian Generator
    {
        get
        {
            P256Field.ToMontgomery(
                P256Field.FromWords(0xF4A13945D898C296, 0x77037D812DEB33A0, 0xF8BCE6E563A440F2, 0x6B17D1F2E12C4247),
                out P256Field x);
            P256Field.ToMontgomery(
                P256Field.FromWords(0xCBB6406837BF51F5, 0x2BCE33576B315ECE, 0x8EE7EB4A7C0F9E16, 0x4FE342E2FE1A7F9B),
                out P256Field y);
            return new P256Jacobian(in x, in y);
        }
    }

    /// <summary>Whether the affine point (x, y), magnitudes 1, is on the curve.</summary>
    internal static bool IsOnCurve(in P256Field x, in P256Field y)
    {
        P256Field.ToMontgomery(
            P256Field.FromWords(0x3BCE3C3E27D2604B, 0x651D06B0CC53B0F6, 0xB3EBBD55769886BC, 0x5AC635D8AA3A93E7),
            out P256Field b);
        P256Field.Square(in x, out P256Field right);
        P256Field.Multiply(in right, in x, out right);
        P256Field.MultiplySmall(in x, 3, out P256Field linear);
        P256Field.Subtract(in right, in linear, 3, out right);
        P256Field.Add(in right, in b, out right);
        P256Field.Square(in y, out P256Field left);
        P256Field.Subtract(in right, in left, 1, out right);
        return right.IsZeroModulo();
    }

    /// <summary>Replaces a point that is not infinity by its double.</summary>
    /// <remarks>4 products, 4 squares; no point has order 2, no case is special.</remarks>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Double(ref P256Jacobian p)
    {
        // L = 3/2·(X - Z²)(X + Z²), U = X·Y²; X3 = L² - 2U, Y3 = L·(U - X3) - Y⁴, Z3 = Y·Z.
        P256Field.Square(in p.Z, out P256Field zz);
        P256Field.Square(in p.Y, out P256Field s);
        P256Field.Multiply(in p.Z, in p.Y, out p.Z);
        P256Field.Subtract(in p.X, in zz, 1, out P256Field l);    // (3)
        P256Field.Add(in p.X, in zz, out zz);                     // (2)
        P256Field.Multiply(in l, in zz, out l);
        P256Field.MultiplyByThreeHalves(in l, out l);             // (2)
        P256Field.Multiply(in s, in p.X, out P256Field u);
        P256Field.Square(in l, out P256Field x);
        P256Field.Square(in s, out s);
        P256Field.MultiplySmall(in u, 2, out zz);                 // (2)
        P256Field.Subtract(in x, in zz, 2, out x);                // (5)
        x.NormalizeWeakly();
        p.X = x;
        P256Field.Subtract(in u, in x, 1, out u);                 // (3)
        P256Field.Multiply(in u, in l, out u);
        P256Field.Subtract(in u, in s, 1, out p.Y);               // (3)
    }

    /// <summary>Adds an affine point to any point.</summary>
    /// <param name="p">The point that is replaced by the sum.</param>
    /// <param name="x">The other point's x, of magnitude 1.</param>
    /// <param name="y">The other point's y, of magnitude at most 3.</param>
    /// <param name="isNegative">Whether the other point is to be subtracted.</param>
    /// <remarks>8 products, 3 squares.</remarks>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Add(ref P256Jacobian p, in P256Field x, in P256Field y, bool isNegative)
    {
        P256Field signedY = y;
        if (isNegative)
        {
            P256Field.Subtract(default, in y, 3, out signedY);    // (6)
        }

        if (p.IsInfinity)
        {
            signedY.NormalizeWeakly();
            p = new P256Jacobian(in x, in signedY);
            return;
        }

        P256Field.Square(in p.Z, out P256Field zz);
        P256Field.Multiply(in x, in zz, out P256Field h);
        P256Field.Multiply(in p.Z, in zz, out zz);
        P256Field.Multiply(in signedY, in zz, out P256Field r);
        P256Field.Subtract(in h, in p.X, 1, out h);               // H = U2 - U1 (3)
        P256Field.Subtract(in r, in p.Y, 3, out r);               // R = S2 - S1 (7)
        if (h.IsZeroModulo())
        {
            AddSameX(ref p, in r);
            return;
        }

        P256Field.Multiply(in p.Z, in h, out p.Z);
        P256Field.Square(in h, out P256Field h2);
        P256Field.Multiply(in p.X, in h2, out P256Field v);       // V = U1·H²
        P256Field.Multiply(in h2, in h, out h2);                  // H³
        P256Field.Square(in r, out P256Field x3);
        P256Field.Multiply(in p.Y, in h2, out P256Field y3);      // S1·H³
        P256Field.MultiplySmall(in v, 2, out zz);
        P256Field.Add(in zz, in h2, out zz);                      // H³ + 2V (3)
        P256Field.Subtract(in x3, in zz, 3, out x3);              // (7)
        x3.NormalizeWeakly();
        p.X = x3;
        P256Field.Subtract(in v, in x3, 1, out v);                // (3)
        P256Field.Multiply(in v, in r, out v);
        P256Field.Subtract(in v, in y3, 1, out p.Y);              // (3)
    }

    /// <summary>The sum of two points with equal x: the double, or infinity when y differs.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddSameX(ref P256Jacobian p, in P256Field difference)
    {
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
