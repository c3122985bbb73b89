namespace Koinon.Crypto.Pairings;

/// <summary>The prime of BN254: 36x^4 + 36x^3 + 24x^2 + 6x + 1 with x = 4965661367192848881.</summary>
internal readonly struct Bn254BaseModulus : IModulus4
{
    public static ulong M0 => 0x3c208c16d87cfd47;

    public static ulong M1 => 0x97816a916871ca8d;

    public static ulong M2 => 0xb85045b68181585d;

    public static ulong M3 => 0x30644e72e131a029;

    public static ulong NegatedInverse => 0x87d20782e4866389;
}
