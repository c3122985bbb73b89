namespace Koinon.Crypto.Pairings;

/// <summary>A field over which curves are defined: a prime field or its quadratic extension.</summary>
/// <remarks>
/// Results leave through the last parameter, which may be one of the operands: a value returned or copied as a whole
/// would be read by vector loads that stall on the limbs just written.
/// </remarks>
internal interface IField<TSelf>
    where TSelf : unmanaged, IField<TSelf>
{
    /// <summary>The neutral element of multiplication; that of addition is <see langword="default"/>.</summary>
    static abstract TSelf One { get; }

    /// <summary>Length of the canonical encoding, in bytes.</summary>
    static abstract int Length { get; }

    static abstract bool IsZero(in TSelf a);

    static abstract bool AreEqual(in TSelf a, in TSelf b);

    static abstract void Add(in TSelf a, in TSelf b, out TSelf result);

    static abstract void Double(in TSelf a, out TSelf result);

    static abstract void Subtract(in TSelf a, in TSelf b, out TSelf result);

    static abstract void Negate(in TSelf a, out TSelf result);

    static abstract void Multiply(in TSelf a, in TSelf b, out TSelf result);

    static abstract void Square(in TSelf a, out TSelf result);

    /// <summary>The inverse; zero for zero.</summary>
    static abstract void Invert(in TSelf a, out TSelf result);
}
