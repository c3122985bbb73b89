namespace Koinon.State.Tries;

/// <summary>A branch: a child for each next nibble, and the value of the key that ends here.</summary>
internal sealed class BranchNode : TrieNode
{
    private ChildArray _children;

    /// <summary>Makes a branch without children or value.</summary>
    internal BranchNode()
    {
    }

    private BranchNode(in ChildArray children, byte[]? value)
    {
        _children = children;
        Value = value;
    }

    /// <summary>The value of the key that ends here; <see langword="null"/> where none does. Set only while open.
    /// </summary>
    internal byte[]? Value { get; set; }

    /// <inheritdoc/>
    internal override int EncodedLength
    {
        get
        {
            int payload = PayloadLength;
            return NodeEncoding.HeaderLength(payload) + payload;
        }
    }

    private int PayloadLength
    {
        get
        {
            int length = Value is null ? 1 : NodeEncoding.StringLength(Value);
            foreach (TrieNode? child in (ReadOnlySpan<TrieNode?>)_children)
            {
                length += child is null ? 1 : child.ReferenceLength;
            }

            return length;
        }
    }

    /// <summary>The child of a nibble. Set only while open.</summary>
    internal TrieNode? this[int nibble]
    {
        get => _children[nibble];
        set => _children[nibble] = value;
    }

    /// <summary>An open branch with the same children and value.</summary>
    internal BranchNode Reopen() => new(in _children, Value);

    /// <summary>This sealed branch with nothing of its children but their references.</summary>
    internal BranchNode Detach()
    {
        BranchNode? detached = null;
        for (int nibble = 0; nibble < ChildArray.Length; nibble++)
        {
            if (_children[nibble] is { IsEmbedded: false } child and not StoredNode)
            {
                detached ??= Reopen();
                detached[nibble] = new StoredNode(child.Hash);
            }
        }

        detached?.Seal(Hash);
        return detached ?? this;
    }

    /// <summary>How many children there are, and the nibble of the last one.</summary>
    internal int CountChildren(out int lastNibble)
    {
        int count = 0;
        lastNibble = -1;
        for (int nibble = 0; nibble < ChildArray.Length; nibble++)
        {
            if (_children[nibble] is not null)
            {
                count++;
                lastNibble = nibble;
            }
        }

        return count;
    }

    /// <inheritdoc/>
    internal override void WriteTo(Span<byte> destination)
    {
        int at = NodeEncoding.WriteHeader(NodeEncoding.ListOffset, PayloadLength, destination);
        foreach (TrieNode? child in (ReadOnlySpan<TrieNode?>)_children)
        {
            if (child is null)
            {
                destination[at++] = NodeEncoding.StringOffset;
            }
            else
            {
                at += child.WriteReferenceTo(destination[at..]);
            }
        }

        if (Value is null)
        {
            destination[at] = NodeEncoding.StringOffset;
        }
        else
        {
            NodeEncoding.WriteString(Value, destination[at..]);
        }
    }
}
