namespace Koinon.Crypto.Pairings;

/// <summary>The order of BLS12-381's groups: x^4 - x^2 + 1 with x = -0xd201000000010000.</summary>
internal readonly struct Bls12381ScalarModulus : IModulus4
{
    public static ulong M0 => 0xffffffff00000001;

    public static ulong M1 => 0x53bda402fffe5bfe;

    public static ulong M2 => 0x3339d80809a1d805;

    public static ulong M3 => 0x73eda753299d7d48;

    public static ulong NegatedInverse => 0xfffffffeffffffff;
}
