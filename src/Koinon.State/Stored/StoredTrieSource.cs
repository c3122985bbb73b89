using Koinon.Primitives;
using Koinon.State.Tries;

namespace Koinon.State.Stored;

/// <summary>The nodes of one trie of a stored state.</summary>
/// <param name="version">The state.</param>
/// <param name="account">Whose storage trie, by address hash; <see langword="null"/> for the trie of accounts.</param>
internal sealed class StoredTrieSource(StoredBase version, Hash256? account) : TrieSource
{
    /// <inheritdoc/>
    internal override TrieNode Load(in Hash256 hash, ReadOnlySpan<byte> path) =>
        version.LoadNode(account, path, in hash);
}
