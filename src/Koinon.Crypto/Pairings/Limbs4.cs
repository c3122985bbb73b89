namespace Koinon.Crypto.Pairings;

/// <summary>A 256-bit number as four 64-bit limbs, least significant first.</summary>
internal struct Limbs4
{
    internal ulong L0;
    internal ulong L1;
    internal ulong L2;
    internal ulong L3;

    internal Limbs4(ulong l0, ulong l1, ulong l2, ulong l3)
    {
        L0 = l0;
        L1 = l1;
        L2 = l2;
        L3 = l3;
    }
}
