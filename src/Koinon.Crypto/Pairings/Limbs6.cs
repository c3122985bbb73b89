namespace Koinon.Crypto.Pairings;

/// <summary>A 384-bit number as six 64-bit limbs, least significant first.</summary>
internal struct Limbs6
{
    internal ulong L0;
    internal ulong L1;
    internal ulong L2;
    internal ulong L3;
    internal ulong L4;
    internal ulong L5;

    internal Limbs6(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4, ulong l5)
    {
        L0 = l0;
        L1 = l1;
        L2 = l2;
        L3 = l3;
        L4 = l4;
        L5 = l5;
    }
}
