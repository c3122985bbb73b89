using System.Diagnostics.CodeAnalysis;

namespace Koinon.Storage.Lmdb;

/// <summary>A place in a table on disk.</summary>
/// <remarks>
/// A cursor of the writer keeps a copy of its key, and after a change finds its place anew from it: what the library
/// does with cursors beside the one that changed is no matter then.
/// </remarks>
internal sealed unsafe class LmdbCursor(LmdbTransaction transaction, int place, nint cursor) : IStoreCursor
{
    private readonly byte[]? _held = transaction is LmdbWriteTransaction ? new byte[StoreKey.LengthMax] : null;
    private LmdbTransaction? _transaction = transaction;
    private nint _cursor = cursor;
    private LmdbValue _key;
    private LmdbValue _value;
    private int _heldLength;
    private int _changes;
    private Standing _standing;

    private enum Standing : byte
    {
        BeforeFirst,
        Here,
        AfterLast,
    }

    public int Place { get; } = place;

    /// <summary>The neighbours in the list of the transaction's open cursors.</summary>
    public LmdbCursor? Before { get; set; }

    public LmdbCursor? After { get; set; }

    public ReadOnlySpan<byte> Key => Here(_key);

    public ReadOnlySpan<byte> Value => Here(_value);

    public bool Seek(ReadOnlySpan<byte> key)
    {
        CheckLive();
        if (key.IsEmpty) return Go(LmdbNative.First, Standing.AfterLast);

        fixed (byte* bytes = key)
        {
            _key = new LmdbValue(bytes, key.Length);
            return Go(LmdbNative.SetRange, Standing.AfterLast);
        }
    }

    public bool SeekBefore(ReadOnlySpan<byte> key)
    {
        CheckLive();
        if (key.IsEmpty || !Seek(key)) return Go(LmdbNative.Last, Standing.BeforeFirst);

        return Go(LmdbNative.Previous, Standing.BeforeFirst);
    }

    public bool MoveNext()
    {
        LmdbTransaction transaction = CheckLive();
        if (_standing == Standing.AfterLast) return false;
        if (_standing == Standing.BeforeFirst) return Go(LmdbNative.First, Standing.AfterLast);

        if (_changes != transaction.Changes)
        {
            ReadOnlySpan<byte> held = _held.AsSpan(0, _heldLength).ToArray();
            if (!Seek(held)) return false;
            if (!Key.SequenceEqual(held)) return true;
        }

        return Go(LmdbNative.Next, Standing.AfterLast);
    }

    public bool MovePrevious()
    {
        LmdbTransaction transaction = CheckLive();
        if (_standing == Standing.BeforeFirst) return false;
        if (_standing == Standing.AfterLast) return Go(LmdbNative.Last, Standing.BeforeFirst);
        if (_changes != transaction.Changes) return SeekBefore(_held.AsSpan(0, _heldLength).ToArray());

        return Go(LmdbNative.Previous, Standing.BeforeFirst);
    }

    public void Dispose() => _transaction?.Close(this);

    /// <summary>Gives the native cursor up: the cursor has ended.</summary>
    public nint Detach()
    {
        nint cursor = _cursor;
        _transaction = null;
        _cursor = 0;
        _standing = Standing.BeforeFirst;
        return cursor;
    }

    private bool Go(int operation, Standing otherwise)
    {
        int code;
        fixed (LmdbValue* key = &_key, value = &_value)
        {
            code = LmdbNative.CursorGet(_cursor, key, value, operation);
        }

        if (code != 0)
        {
            _standing = otherwise;
            if (code != LmdbError.NotFound) LmdbError.Throw(code, _transaction!.Store.File);
            return false;
        }

        _standing = Standing.Here;
        if (_held is not null)
        {
            _key.Span.CopyTo(_held);
            _heldLength = (int)_key.Length;
            _changes = _transaction!.Changes;
        }

        return true;
    }

    private LmdbTransaction CheckLive()
    {
        ObjectDisposedException.ThrowIf(_transaction is null, this);
        _ = _transaction.Live();
        return _transaction;
    }

    private ReadOnlySpan<byte> Here(LmdbValue value)
    {
        if (_standing != Standing.Here) StandsNowhere();
        return value.Span;
    }

    [DoesNotReturn]
    private static void StandsNowhere() => throw new InvalidOperationException("the cursor stands at no key");
}
