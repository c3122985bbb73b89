namespace Koinon.Primitives.Transactions;

/// <summary>A transaction's signature as it stands on the wire.</summary>
/// <param name="V">
/// Of a legacy transaction 27 or 28, or 35 or 36 plus twice the chain id (EIP-155); else y parity.
/// </param>
/// <param name="R">X coordinate of the ephemeral point, modulo the group's order.</param>
/// <param name="S">The proof.</param>
public readonly record struct TransactionSignature(UInt256 V, UInt256 R, UInt256 S)
{
    /// <summary>Half the order of secp256k1: the highest "low" s (EIP-2).</summary>
    private static UInt256 HalfOrder =>
        new(0x7fffffffffffffff, 0xffffffffffffffff, 0x5d576e7357a4501d, 0xdfe92f46681b20a0);

    /// <summary>Whether s is at most half the group's order, as signatures are from Homestead on (EIP-2).</summary>
    public bool HasLowS => S <= HalfOrder;

    /// <summary>Whether the ephemeral point's y is odd: 0 or 1 as JSON shows it, for a V of any kind.</summary>
    public byte YParity
    {
        get
        {
            // 0, 1 are the parity; 27, 28 and 35, 36, … are odd for an even y.
            ulong parity = V.U0 & 1;
            return (byte)(V <= UInt256.One ? parity : 1 - parity);
        }
    }

    /// <summary>The signature of a legacy transaction.</summary>
    /// <param name="chainId">The chain it is bound to (EIP-155), or none.</param>
    /// <param name="yParity">0 or 1.</param>
    /// <param name="r">R.</param>
    /// <param name="s">S.</param>
    public static TransactionSignature ForLegacy(UInt256? chainId, byte yParity, in UInt256 r, in UInt256 s)
    {
        UInt256 v = chainId is { } id ? unchecked((id << 1) + 35u + yParity) : 27u + (uint)yParity;
        return new TransactionSignature(v, r, s);
    }

    /// <summary>
    /// The chain that a legacy transaction's V names (EIP-155); <see langword="null"/> where it names none.
    /// </summary>
    internal UInt256? LegacyChainId => V < (UInt256)35u ? null : unchecked(V - 35u) >> 1;
}
