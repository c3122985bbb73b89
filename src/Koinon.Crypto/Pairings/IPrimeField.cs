namespace Koinon.Crypto.Pairings;

/// <summary>A prime field with what its quadratic extension is made of.</summary>
internal interface IPrimeField<TSelf> : IField<TSelf>
    where TSelf : unmanaged, IPrimeField<TSelf>
{
    /// <summary>The modulus, limbs least significant first.</summary>
    static abstract ReadOnlySpan<ulong> Modulus { get; }

    /// <summary>Multiplies in the quadratic extension; results may be operands.</summary>
    static abstract void Multiply(in Fp2<TSelf> a, in Fp2<TSelf> b, out Fp2<TSelf> result);

    /// <summary>Squares in the quadratic extension; the result may be the operand.</summary>
    static abstract void Square(in Fp2<TSelf> a, out Fp2<TSelf> result);

    /// <summary>a / 2.</summary>
    static abstract void Halve(in TSelf a, out TSelf result);

    /// <summary>Whether the number from 0 to m - 1 is odd.</summary>
    static abstract bool IsOdd(in TSelf a);

    /// <summary>Reads the canonical big-endian encoding; refuses numbers not below the modulus.</summary>
    static abstract bool TryRead(ReadOnlySpan<byte> bytes, out TSelf result);

    /// <summary>Writes the canonical big-endian encoding.</summary>
    static abstract void Write(in TSelf a, Span<byte> bytes);
}
