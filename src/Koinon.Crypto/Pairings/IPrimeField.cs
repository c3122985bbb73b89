namespace Koinon.Crypto.Pairings;

/// <summary>A prime field with what its quadratic extension is made of.</summary>
internal interface IPrimeField<TSelf> : IField<TSelf>
    where TSelf : unmanaged, IPrimeField<TSelf>
{
    /// <summary>The modulus, limbs least significant first.</summary>
    static abstract ReadOnlySpan<ulong> Modulus { get; }

    /// <summary>a + b without reduction: fit to be an operand of <c>Multiply</c> and nothing else.</summary>
    static abstract void AddUnreduced(in TSelf a, in TSelf b, out TSelf result);

    /// <summary>a b + c d.</summary>
    static abstract void MultiplyAdd(in TSelf a, in TSelf b, in TSelf c, in TSelf d, out TSelf result);

    /// <summary>a b - c d.</summary>
    static abstract void MultiplySubtract(in TSelf a, in TSelf b, in TSelf c, in TSelf d, out TSelf result);

    /// <summary>a / 2.</summary>
    static abstract void Halve(in TSelf a, out TSelf result);

    /// <summary>Whether the number from 0 to m - 1 is odd.</summary>
    static abstract bool IsOdd(in TSelf a);

    /// <summary>Reads the canonical big-endian encoding; refuses numbers not below the modulus.</summary>
    static abstract bool TryRead(ReadOnlySpan<byte> bytes, out TSelf result);

    /// <summary>Writes the canonical big-endian encoding.</summary>
    static abstract void Write(in TSelf a, Span<byte> bytes);
}
