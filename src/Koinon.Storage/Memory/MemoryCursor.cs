using System.Diagnostics.CodeAnalysis;

namespace Koinon.Storage.Memory;

/// <summary>A place in a tree: the way down to it.</summary>
/// <remarks>A change by its transaction makes the way stale; the next step finds it again from the key.</remarks>
internal sealed class MemoryCursor(MemoryReadTransaction transaction, int place) : IStoreCursor
{
    private MemoryReadTransaction? _transaction = transaction;
    private Step[] _way = new Step[4];
    private int _depth;
    private MemoryLeaf? _leaf;
    private int _at;
    private MemoryEntry _entry;
    private bool _stands;
    private byte[] _key = [];
    private int _keyLength;
    private int _changes;
    private bool _isAfterLast;

    public ReadOnlySpan<byte> Key
    {
        get
        {
            if (!_stands) StandsNowhere();
            if (_keyLength == 0) WriteKey();
            return _key.AsSpan(0, _keyLength);
        }
    }

    public ReadOnlySpan<byte> Value
    {
        get
        {
            if (!_stands) StandsNowhere();
            return _entry.Value;
        }
    }

    public bool Seek(ReadOnlySpan<byte> key)
    {
        if (!Descend(key)) return Leave(afterLast: true);

        return _at < _leaf!.Count ? Stand() : ToNextLeaf();
    }

    public bool SeekBefore(ReadOnlySpan<byte> key)
    {
        if (key.IsEmpty) return ToLast();
        if (!Descend(key)) return Leave(afterLast: false);

        _at--;
        return _at >= 0 ? Stand() : ToPreviousLeaf();
    }

    public bool MoveNext()
    {
        MemoryReadTransaction transaction = Transaction();
        if (!_stands) return !_isAfterLast && Seek([]);

        if (_changes != transaction.Changes)
        {
            byte[] key = Key.ToArray();
            if (!Seek(key)) return false;
            if (!Key.SequenceEqual(key)) return true;
        }

        _at++;
        return _at < _leaf!.Count ? Stand() : ToNextLeaf();
    }

    public bool MovePrevious()
    {
        MemoryReadTransaction transaction = Transaction();
        if (!_stands) return _isAfterLast && ToLast();
        if (_changes != transaction.Changes) return SeekBefore(Key.ToArray());

        _at--;
        return _at >= 0 ? Stand() : ToPreviousLeaf();
    }

    public void Dispose()
    {
        _transaction = null;
        Leave(afterLast: false);
    }

    /// <summary>Goes down to where a key would stand; <see langword="false"/> where the tree is empty.</summary>
    private bool Descend(ReadOnlySpan<byte> key)
    {
        MemoryNode? node = Start();
        if (node is null) return false;

        ulong prefix = MemoryNode.PrefixOf(key);
        while (node is MemoryBranch branch)
        {
            int slot = branch.Find(prefix, key);
            Push(branch, slot);
            node = branch.Children[slot];
        }

        _leaf = (MemoryLeaf)node;
        _at = _leaf.LowerBound(key, out _);
        return true;
    }

    private bool ToLast()
    {
        MemoryNode? node = Start();
        return node is null ? Leave(afterLast: false) : DescendLast(node);
    }

    private MemoryNode? Start()
    {
        MemoryReadTransaction transaction = Transaction();
        _depth = 0;
        _changes = transaction.Changes;
        return transaction.Root(place);
    }

    private bool ToNextLeaf()
    {
        while (_depth > 0)
        {
            ref Step step = ref _way[_depth - 1];
            if (++step.Slot < step.Branch.Count) return DescendFirst(step.Branch.Children[step.Slot]);

            _depth--;
        }

        return Leave(afterLast: true);
    }

    private bool ToPreviousLeaf()
    {
        while (_depth > 0)
        {
            ref Step step = ref _way[_depth - 1];
            if (--step.Slot >= 0) return DescendLast(step.Branch.Children[step.Slot]);

            _depth--;
        }

        return Leave(afterLast: false);
    }

    private bool DescendFirst(MemoryNode node)
    {
        while (node is MemoryBranch branch)
        {
            Push(branch, 0);
            node = branch.Children[0];
        }

        _leaf = (MemoryLeaf)node;
        _at = 0;
        return Stand();
    }

    private bool DescendLast(MemoryNode node)
    {
        while (node is MemoryBranch branch)
        {
            Push(branch, branch.Count - 1);
            node = branch.Children[branch.Count - 1];
        }

        _leaf = (MemoryLeaf)node;
        _at = _leaf.Count - 1;
        return Stand();
    }

    private void Push(MemoryBranch branch, int slot)
    {
        if (_depth == _way.Length) Array.Resize(ref _way, _depth * 2);
        _way[_depth++] = new Step { Branch = branch, Slot = slot };
    }

    private bool Stand()
    {
        _entry = _leaf![_at];
        _keyLength = 0;
        return _stands = true;
    }

    private bool Leave(bool afterLast)
    {
        _entry = default;
        _stands = false;
        _leaf = null;
        _isAfterLast = afterLast;
        return false;
    }

    private MemoryReadTransaction Transaction()
    {
        ObjectDisposedException.ThrowIf(_transaction is null, this);
        _ = _transaction.Root(place);
        return _transaction;
    }

    private void WriteKey()
    {
        int length = _entry.KeyLength;
        if (_key.Length < length) _key = new byte[Math.Max(64, length)];
        _keyLength = _entry.CopyKey(_key);
    }

    [DoesNotReturn]
    private static void StandsNowhere() => throw new InvalidOperationException("the cursor stands at no key");

    private struct Step
    {
        public MemoryBranch Branch;
        public int Slot;
    }
}
