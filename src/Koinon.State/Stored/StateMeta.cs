using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Koinon.Storage;

namespace Koinon.State.Stored;

/// <summary>Which versions of the state a store holds.</summary>
/// <param name="Newest">The newest block.</param>
/// <param name="OldestState">The oldest block whose state can be read.</param>
/// <param name="OldestProof">The oldest block whose trie can be walked.</param>
/// <param name="IndexedFrom">From which block on the index of old nodes is complete.</param>
/// <param name="Generation">Grows whenever a version goes that stood: who knew a version in this generation knows that
/// it stands.</param>
/// <param name="NextVersion">What the next version is called; no name is given twice.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StateMeta(
    ulong Newest, ulong OldestState, ulong OldestProof, ulong IndexedFrom, ulong Generation, ulong NextVersion)
{
    private const uint Schema = 2;
    private const int Size = sizeof(uint) + (6 * sizeof(ulong));

    private static ReadOnlySpan<byte> Key => [0];

    /// <summary>Reads the record.</summary>
    /// <returns>Whether there is one: not before the state was initialised.</returns>
    /// <exception cref="StoreException">It is of another schema.</exception>
    internal static bool TryRead(IReadTransaction transaction, out StateMeta meta)
    {
        if (!transaction.TryGet(StateTables.Meta, Key, out ReadOnlySpan<byte> value))
        {
            meta = default;
            return false;
        }

        if (value.Length != Size || BinaryPrimitives.ReadUInt32BigEndian(value) != Schema)
        {
            throw new StoreException(
                StoreError.OtherSchema,
                $"The state is of schema {Found(value)}; this program reads schema {Schema}. "
                + "Export the chain with the program that wrote it, and import it here.");
        }

        value = value[sizeof(uint)..];
        meta = new StateMeta(
            BinaryPrimitives.ReadUInt64BigEndian(value),
            BinaryPrimitives.ReadUInt64BigEndian(value[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(value[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(value[24..]),
            BinaryPrimitives.ReadUInt64BigEndian(value[32..]),
            BinaryPrimitives.ReadUInt64BigEndian(value[40..]));
        return true;
    }

    /// <summary>Reads the record of a state that was initialised.</summary>
    /// <exception cref="InvalidOperationException">It was not.</exception>
    internal static StateMeta Read(IReadTransaction transaction) =>
        TryRead(transaction, out StateMeta meta)
            ? meta
            : throw new InvalidOperationException("The stored state was not initialised.");

    /// <summary>Writes the record.</summary>
    internal void Write(IWriteTransaction transaction)
    {
        Span<byte> value = stackalloc byte[Size];
        BinaryPrimitives.WriteUInt32BigEndian(value, Schema);
        BinaryPrimitives.WriteUInt64BigEndian(value[4..], Newest);
        BinaryPrimitives.WriteUInt64BigEndian(value[12..], OldestState);
        BinaryPrimitives.WriteUInt64BigEndian(value[20..], OldestProof);
        BinaryPrimitives.WriteUInt64BigEndian(value[28..], IndexedFrom);
        BinaryPrimitives.WriteUInt64BigEndian(value[36..], Generation);
        BinaryPrimitives.WriteUInt64BigEndian(value[44..], NextVersion);
        transaction.Put(StateTables.Meta, Key, value);
    }

    private static string Found(ReadOnlySpan<byte> value) =>
        value.Length < sizeof(uint) ? "no number" : $"{BinaryPrimitives.ReadUInt32BigEndian(value)}";
}
