using Koinon.Primitives;

namespace Koinon.State.Tables;

/// <summary>Hashes storage slots.</summary>
internal readonly struct WordHash : IKeyHash<UInt256>
{
    /// <inheritdoc/>
    public static ulong Hash(in UInt256 key, int round)
    {
        ulong salt = IKeyHash<UInt256>.SaltOf(round);
        return SeededHash.Mix(key.U0 ^ salt, key.U1, key.U2 ^ salt, key.U3);
    }
}
