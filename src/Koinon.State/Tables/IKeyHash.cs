namespace Koinon.State.Tables;

/// <summary>How a table hashes its keys: an empty structure, so that the choice costs nothing at run time.</summary>
/// <typeparam name="TKey">The key's type.</typeparam>
internal interface IKeyHash<TKey>
    where TKey : struct
{
    /// <summary>Hashes a key with a seed that the process chose at random: keys come from strangers.</summary>
    /// <param name="key">The key.</param>
    /// <param name="round">0 at first; each further round is an independent hash for keys that all rounds before it
    /// could not tell apart.</param>
    static abstract ulong Hash(in TKey key, int round);

    /// <summary>What makes a round's hash another function: combined with the key's words before they are mixed, so
    /// that keys which no round before could tell apart are mixed anew.</summary>
    static ulong SaltOf(int round) => unchecked((ulong)round * 0x9E37_79B9_7F4A_7C15);
}
