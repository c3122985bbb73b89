namespace Koinon.Crypto.Ecdsa;

/// <summary>A point of secp256k1, y² = x³ + 7, in affine coordinates; never infinity.</summary>
internal struct K1Affine
{
    /// <summary>Length of the two coordinates in bytes.</summary>
    internal const int Bytes = 64;

    /// <summary>The coordinates, of magnitude 1 unless a use says otherwise.</summary>
    internal K1Field X, Y;

    internal K1Affine(in K1Field x, in K1Field y)
    {
        X = x;
        Y = y;
    }

    /// <summary>The generator G (SEC 2, section 2.4.1).</summary>
    internal static K1Affine Generator => new(
        K1Field.FromWords(0x59F2815B16F81798, 0x029BFCDB2DCE28D9, 0x55A06295CE870B07, 0x79BE667EF9DCBBAC),
        K1Field.FromWords(0x9C47D08FFB10D4B8, 0xFD17B448A6855419, 0x5DA4FBFC0E1108A8, 0x483ADA7726A3C465));

    /// <summary>Reads a point as its two coordinates, 32 big-endian bytes each.</summary>
    /// <returns><see langword="false"/> when a coordinate is p or more, or the point is not on the curve.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> source, out K1Affine result)
    {
        bool xFits = K1Field.TryRead(source, out K1Field x);
        bool yFits = K1Field.TryRead(source[K1Field.Bytes..], out K1Field y);
        result = new K1Affine(in x, in y);
        if (!xFits || !yFits)
        {
            return false;
        }

        RightSide(in x, out K1Field right);
        K1Field.Square(in y, out K1Field left);
        return K1Field.AreEqual(in left, in right);
    }

    /// <summary>Finds the point with the given x, of magnitude 1, and the given parity of y.</summary>
    /// <returns><see langword="false"/> when the curve has no such point.</returns>
    internal static bool TryFromX(in K1Field x, bool isOdd, out K1Affine result)
    {
        RightSide(in x, out K1Field right);
        bool exists = K1Field.TrySquareRoot(in right, out K1Field y);
        y.Normalize();
        if (y.IsOdd != isOdd)
        {
            K1Field.Negate(in y, 1, out y);
            y.Normalize();
        }

        result = new K1Affine(in x, in y);
        return exists;
    }

    /// <summary>Writes the coordinates, normal, as 32 big-endian bytes each.</summary>
    internal readonly void Write(Span<byte> destination)
    {
        X.Write(destination);
        Y.Write(destination[K1Field.Bytes..]);
    }

    /// <summary>x³ + 7, of magnitude 2.</summary>
    private static void RightSide(in K1Field x, out K1Field right)
    {
        K1Field.Square(in x, out right);
        K1Field.Multiply(in right, in x, out right);
        right.L0 += 7;
    }
}
