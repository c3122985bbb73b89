namespace Koinon.Crypto.Pairings;

/// <summary>The prime of BLS12-381: (x - 1)^2 (x^4 - x^2 + 1) / 3 + x with x = -0xd201000000010000.</summary>
internal static class Bls12381Prime
{
    /// <summary>Limbs of 64 bits, the lowest first.</summary>
    internal const ulong M0 = 0xb9feffffffffaaab;
    internal const ulong M1 = 0x1eabfffeb153ffff;
    internal const ulong M2 = 0x6730d2a0f6b0f624;
    internal const ulong M3 = 0x64774b84f38512bf;
    internal const ulong M4 = 0x4b1ba7b6434bacd7;
    internal const ulong M5 = 0x1a0111ea397fe69a;

    /// <summary>The negated inverse modulo 2^64.</summary>
    internal const ulong NegatedInverse = 0x89f3fffcfffcfffd;
}
