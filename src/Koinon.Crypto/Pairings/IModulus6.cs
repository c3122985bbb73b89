namespace Koinon.Crypto.Pairings;

/// <summary>An odd modulus of at most 381 bits, constants that the JIT folds into the kernels.</summary>
internal interface IModulus6
{
    /// <summary>Limbs of the modulus, least significant first.</summary>
    static abstract ulong M0 { get; }

    static abstract ulong M1 { get; }

    static abstract ulong M2 { get; }

    static abstract ulong M3 { get; }

    static abstract ulong M4 { get; }

    static abstract ulong M5 { get; }

    /// <summary>The negated inverse of the modulus modulo 2^64.</summary>
    static abstract ulong NegatedInverse { get; }
}
