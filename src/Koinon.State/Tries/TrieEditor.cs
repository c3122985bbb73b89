using System.Diagnostics;

namespace Koinon.State.Tries;

/// <summary>Applies sorted changes to a trie: each node on the way of any change is made anew once, all others stay.
/// </summary>
/// <remarks>
/// Every method takes the changes from..to (to not included) whose keys agree down to the depth of the node, and
/// returns what stands there afterwards: the same object where nothing changed, null where nothing is left. New nodes
/// are open until <see cref="TrieHasher"/> seals them. Recursion is as deep as the trie branches.
/// </remarks>
internal readonly ref struct TrieEditor(TrieChanges changes, TrieHasher hasher, TrieSource? source)
{
    // Sub-tries of so many changes are sealed as soon as they stand, while they are in the cache; large enough to keep
    // the lanes of the vector Keccak full.
    private const int SealAtOnce = 256;

    private readonly TrieChanges _changes = changes;
    private readonly TrieHasher _hasher = hasher;
    private readonly TrieSource? _source = source;

    /// <summary>Applies changes to whatever stands at a depth.</summary>
    internal TrieNode? Update(TrieNode? node, int depth, int from, int to) => node switch
    {
        null => Build(depth, from, to),
        BranchNode branch => UpdateBranch(branch, depth, from, to),
        LeafNode leaf => UpdateLeaf(leaf, depth, from, to),
        StoredNode stored => UpdateStored(stored, depth, from, to),
        _ => UpdateExtension((ExtensionNode)node, depth, from, to),
    };

    // What is loaded and stays as it is gives way to its reference again.
    private TrieNode? UpdateStored(StoredNode stored, int depth, int from, int to)
    {
        TrieNode node = TrieSource.Resolve(stored, _source, _changes.Key(from), depth);
        TrieNode? after = Update(node, depth, from, to);
        return ReferenceEquals(after, node) ? stored : after;
    }

    // Where nothing stands yet: removals have nothing to remove.
    private TrieNode? Build(int depth, int from, int to)
    {
        while (from < to && _changes.IsRemoval(from))
        {
            from++;
        }

        while (from < to && _changes.IsRemoval(to - 1))
        {
            to--;
        }

        if (from == to)
        {
            return null;
        }

        if (to - from == 1)
        {
            _changes.PrefetchAhead(from);
            return LeafNode.Create(_changes.Key(from), depth, _changes.Value(from));
        }

        int parting = _changes.CommonPrefix(from, to - 1);
        return Wrap(UpdateBranch(new BranchNode(), parting, from, to), depth, parting, from);
    }

    private TrieNode? UpdateLeaf(LeafNode leaf, int depth, int from, int to)
    {
        int shared = leaf.CommonPrefix(_changes.Key(from), depth);
        int leafNibbles = leaf.NibbleCount;
        if (to - from == 1)
        {
            if (shared == leafNibbles && _changes.EndsAt(from, depth + shared))
            {
                return _changes.IsRemoval(from) ? null
                    : leaf.Value.Span.SequenceEqual(_changes.Value(from)) ? leaf
                    : LeafNode.Create(_changes.Key(from), depth, _changes.Value(from));
            }

            if (_changes.IsRemoval(from))
            {
                return leaf;
            }
        }
        else
        {
            shared = Math.Min(shared, leaf.CommonPrefix(_changes.Key(to - 1), depth));
        }

        // The leaf and the changes part here; a branch that is left with one child folds up again.
        BranchNode branch = new();
        if (shared == leafNibbles)
        {
            branch.Value = leaf.Value.ToArray();
        }
        else
        {
            branch[leaf.NibbleAt(shared)] = leaf.Skip(shared + 1);
        }

        return Wrap(UpdateBranch(branch, depth + shared, from, to), depth, depth + shared, from);
    }

    private TrieNode? UpdateExtension(ExtensionNode extension, int depth, int from, int to)
    {
        ReadOnlySpan<byte> path = extension.Path;
        int shared = Math.Min(CommonPrefix(path, depth, from), CommonPrefix(path, depth, to - 1));
        if (shared == path.Length)
        {
            TrieNode? child = Update(extension.Child, depth + shared, from, to);
            return ReferenceEquals(child, extension.Child) ? extension : Join(path, child);
        }

        BranchNode branch = new();
        branch[path[shared]] = Join(path[(shared + 1)..], extension.Child);
        return Wrap(UpdateBranch(branch, depth + shared, from, to), depth, depth + shared, from);
    }

    private TrieNode? UpdateBranch(BranchNode branch, int depth, int from, int to)
    {
        BranchNode target = branch;
        int first = from;
        bool mayFold = !branch.IsSealed;
        if (_changes.EndsAt(from, depth))
        {
            byte[]? value = _changes.IsRemoval(from) ? null : _changes.Value(from).ToArray();
            bool same = value is null ? branch.Value is null : branch.Value.AsSpan().SequenceEqual(value);
            if (!same)
            {
                target = Open(target);
                target.Value = value;
                mayFold |= value is null;
            }

            from++;
        }

        while (from < to)
        {
            int nibble = _changes.Nibble(from, depth);
            int end = from + 1;
            while (end < to && _changes.Nibble(end, depth) == nibble)
            {
                end++;
            }

            TrieNode? before = target[nibble];
            TrieNode? after = Update(before, depth + 1, from, end);
            if (end - from >= SealAtOnce)
            {
                _hasher.Collect(after);
                _hasher.SealAll();
            }

            if (!ReferenceEquals(before, after))
            {
                target = Open(target);
                target[nibble] = after;
                mayFold |= after is null;
            }

            from = end;
        }

        return mayFold ? Fold(target, depth, first) : target;
    }

    private static BranchNode Open(BranchNode branch) => branch.IsSealed ? branch.Reopen() : branch;

    // A branch stands only where keys part: with one child, or none, it gives way.
    private TrieNode? Fold(BranchNode branch, int depth, int index)
    {
        int count = branch.CountChildren(out int nibble);
        if (count == 0)
        {
            return branch.Value is null ? null : LeafNode.FromNibbles([], branch.Value);
        }

        return count == 1 && branch.Value is null
            ? Join([(byte)nibble], ResolveChild(branch[nibble]!, depth, nibble, index))
            : branch;
    }

    // The child of a branch that a change's key leads to, though not necessarily to the child.
    private TrieNode ResolveChild(TrieNode child, int depth, int nibble, int index)
    {
        if (child is not StoredNode stored)
        {
            return child;
        }

        Span<byte> path = stackalloc byte[depth + 1];
        for (int i = 0; i < depth; i++)
        {
            path[i] = (byte)_changes.Nibble(index, i);
        }

        path[depth] = (byte)nibble;
        return _source!.Load(stored.Hash, path);
    }

    // Puts nibbles above a node; one that is known by its reference is the branch below an extension.
    private static TrieNode? Join(ReadOnlySpan<byte> path, TrieNode? node) => node switch
    {
        null => null,
        _ when path.IsEmpty => node,
        LeafNode leaf => leaf.Prepend(path),
        ExtensionNode extension => new ExtensionNode([.. path, .. extension.Path], extension.Child),
        _ => new ExtensionNode(path.ToArray(), node),
    };

    // Puts the nibbles depth..parting of a change's key above a node.
    private TrieNode? Wrap(TrieNode? node, int depth, int parting, int index)
    {
        if (depth == parting || node is null)
        {
            return node;
        }

        byte[] path = new byte[parting - depth];
        for (int i = 0; i < path.Length; i++)
        {
            path[i] = (byte)_changes.Nibble(index, depth + i);
        }

        return Join(path, node);
    }

    private int CommonPrefix(ReadOnlySpan<byte> path, int depth, int index)
    {
        Debug.Assert(!path.IsEmpty, "Extensions have a path.");
        int count = 0;
        while (count < path.Length
            && !_changes.EndsAt(index, depth + count)
            && _changes.Nibble(index, depth + count) == path[count])
        {
            count++;
        }

        return count;
    }
}
