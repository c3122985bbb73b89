using System.Collections;

namespace Koinon.State.Tries;

/// <summary>All keys and values below a node, in the order of the keys' bytes.</summary>
internal sealed class TrieWalk(TrieNode? root, TrieSource? source)
    : IEnumerable<KeyValuePair<byte[], ReadOnlyMemory<byte>>>
{
    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<byte[], ReadOnlyMemory<byte>>> GetEnumerator()
    {
        Stack<(TrieNode Node, byte[] Path)> pending = new();
        if (root is not null)
        {
            pending.Push((root, []));
        }

        while (pending.TryPop(out (TrieNode Node, byte[] Path) next))
        {
            switch (next.Node)
            {
                case StoredNode stored:
                    pending.Push((source!.Load(stored.Hash, next.Path), next.Path));
                    break;
                case LeafNode leaf:
                    yield return new(Pack([.. next.Path, .. Nibbles(leaf)]), leaf.Value);
                    break;
                case ExtensionNode extension:
                    pending.Push((extension.Child, [.. next.Path, .. extension.Path]));
                    break;
                case BranchNode branch:
                    for (int nibble = ChildArray.Length - 1; nibble >= 0; nibble--)
                    {
                        if (branch[nibble] is { } child)
                        {
                            pending.Push((child, [.. next.Path, (byte)nibble]));
                        }
                    }

                    if (branch.Value is not null)
                    {
                        yield return new(Pack(next.Path), branch.Value);
                    }

                    break;
            }
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static byte[] Nibbles(LeafNode leaf)
    {
        byte[] nibbles = new byte[leaf.NibbleCount];
        for (int i = 0; i < nibbles.Length; i++)
        {
            nibbles[i] = (byte)leaf.NibbleAt(i);
        }

        return nibbles;
    }

    private static byte[] Pack(byte[] nibbles)
    {
        byte[] key = new byte[nibbles.Length / 2];
        for (int i = 0; i < key.Length; i++)
        {
            key[i] = (byte)((nibbles[2 * i] << 4) | nibbles[(2 * i) + 1]);
        }

        return key;
    }
}
