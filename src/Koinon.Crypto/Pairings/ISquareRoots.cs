namespace Koinon.Crypto.Pairings;

/// <summary>Square roots and signs of a field, as hashing to curves defines them (RFC 9380, 4.1 and F.2.1).</summary>
internal interface ISquareRoots<TField>
    where TField : unmanaged, IField<TField>
{
    /// <summary>The non-square z of the map, fixed for each curve.</summary>
    static abstract ref readonly TField Z { get; }

    /// <summary>Whether u / v is a square; the root is of u / v then, else of z u / v. v is not zero.</summary>
    static abstract bool IsSquareRatio(in TField u, in TField v, out TField root);

    /// <summary>sgn0: the parity of the first coordinate that is not zero.</summary>
    static abstract bool IsOdd(in TField a);
}
