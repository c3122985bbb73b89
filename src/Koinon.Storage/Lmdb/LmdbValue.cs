namespace Koinon.Storage.Lmdb;

/// <summary>A length and an address (<c>MDB_val</c>).</summary>
internal unsafe struct LmdbValue(byte* data, int length)
{
    public nuint Length = (nuint)length;
    public byte* Data = data;

    /// <summary>The bytes: in the map or in a page of the writer, valid as long as the transaction says.</summary>
    public readonly ReadOnlySpan<byte> Span => new(Data, (int)Length);
}
