namespace Koinon.Crypto.Pairings;

/// <summary>A line through points of the twist, to be evaluated at a point (x, y) of the curve.</summary>
internal struct Line<TField>
    where TField : unmanaged, IPrimeField<TField>
{
    internal Fp2<TField> Constant;
    internal Fp2<TField> OfX;
    internal Fp2<TField> OfY;
}
