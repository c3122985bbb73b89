namespace Koinon.Crypto.Pairings;

/// <summary>The prime of BLS12-381: (x - 1)^2 (x^4 - x^2 + 1) / 3 + x with x = -0xd201000000010000.</summary>
internal readonly struct Bls12381BaseModulus : IModulus6
{
    public static ulong M0 => 0xb9feffffffffaaab;

    public static ulong M1 => 0x1eabfffeb153ffff;

    public static ulong M2 => 0x6730d2a0f6b0f624;

    public static ulong M3 => 0x64774b84f38512bf;

    public static ulong M4 => 0x4b1ba7b6434bacd7;

    public static ulong M5 => 0x1a0111ea397fe69a;

    public static ulong NegatedInverse => 0x89f3fffcfffcfffd;
}
