namespace Koinon.Storage;

/// <summary>A place in a table, which moves in the order of keys.</summary>
/// <remarks>
/// Key and value are valid until the cursor moves, or its transaction writes or ends. A new cursor stands before the
/// first key; a step that fails leaves it before the first or after the last, from where it may turn back. After a
/// write it goes on from the key at which it stood, whether that is still there or not.
/// </remarks>
public interface IStoreCursor : IDisposable
{
    /// <summary>The key here.</summary>
    ReadOnlySpan<byte> Key { get; }

    /// <summary>The value here.</summary>
    ReadOnlySpan<byte> Value { get; }

    /// <summary>Goes to the first key at or after one; <see langword="false"/> where there is none.</summary>
    /// <param name="key">At least; empty for the table's first.</param>
    bool Seek(ReadOnlySpan<byte> key);

    /// <summary>Goes to the last key before one; <see langword="false"/> where there is none.</summary>
    /// <param name="key">Before which; empty for the table's last.</param>
    bool SeekBefore(ReadOnlySpan<byte> key);

    /// <summary>Goes to the next key; <see langword="false"/> after the last.</summary>
    bool MoveNext();

    /// <summary>Goes to the key before; <see langword="false"/> before the first.</summary>
    bool MovePrevious();
}
