using Koinon.Primitives;

namespace Koinon.State.Tables;

/// <summary>Hashes storage slots.</summary>
internal readonly struct WordHash : IKeyHash<UInt256>
{
    /// <inheritdoc/>
    public static ulong Hash(in UInt256 key, int round) => TableSeed.Mix(key.U0, key.U1, key.U2, key.U3, round);
}
