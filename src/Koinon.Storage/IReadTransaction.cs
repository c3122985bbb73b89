namespace Koinon.Storage;

/// <summary>A snapshot of a store. Dispose it soon: pages that it sees are not used again before.</summary>
public interface IReadTransaction : IDisposable
{
    /// <summary>Finds a value.</summary>
    /// <param name="table">Where.</param>
    /// <param name="key">1 to 511 bytes.</param>
    /// <param name="value">The value where it is there: valid until the transaction ends or writes.</param>
    bool TryGet(StoreTable table, scoped ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value);

    /// <summary>Opens a cursor that stands nowhere yet; it ends with the transaction at the latest.</summary>
    /// <param name="table">Where.</param>
    IStoreCursor OpenCursor(StoreTable table);
}
