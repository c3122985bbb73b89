using Koinon.Primitives;
using Koinon.Storage;

namespace Koinon.Chain.Ledger;

/// <summary>Where a ledger stands, as one record of its store, written with every move of the head.</summary>
/// <param name="Sequence">How many moves there were.</param>
/// <param name="Head">Number of the head.</param>
/// <param name="OldestBlock">The oldest block whose body and receipts are kept, the genesis apart.</param>
/// <param name="Safe">Hash of the safe block; zero for none.</param>
/// <param name="Finalized">Hash of the finalized block; zero for none.</param>
internal readonly record struct LedgerRecord(
    ulong Sequence, ulong Head, ulong OldestBlock, Hash256 Safe, Hash256 Finalized)
{
    private const int Size = 3 * LedgerKeys.NumberSize + 2 * Hash256.Size;

    private static ReadOnlySpan<byte> SchemaKey => "schema"u8;

    private static ReadOnlySpan<byte> GenesisKey => "genesis"u8;

    private static ReadOnlySpan<byte> RecordKey => "ledger"u8;

    /// <summary>Writes what never changes: the form of the store and which chain it holds.</summary>
    internal static void WriteIdentity(IWriteTransaction transaction, in Hash256 genesis)
    {
        Span<byte> number = stackalloc byte[LedgerKeys.NumberSize];
        transaction.Put(LedgerTables.Meta, SchemaKey, LedgerKeys.Number(number, LedgerTables.Schema));
        transaction.Put(LedgerTables.Meta, GenesisKey, Hash256.AsSpan(in genesis));
    }

    /// <summary>Whether a store holds a ledger, and that of this genesis.</summary>
    /// <exception cref="LedgerException">It holds another, or one of another form.</exception>
    internal static bool HasIdentity(IReadTransaction transaction, in Hash256 genesis)
    {
        if (!transaction.TryGet(LedgerTables.Meta, SchemaKey, out ReadOnlySpan<byte> schema))
        {
            return false;
        }

        if (schema.Length != LedgerKeys.NumberSize || LedgerKeys.Number(schema) != LedgerTables.Schema)
        {
            string found = schema.Length == LedgerKeys.NumberSize ? $"{LedgerKeys.Number(schema)}" : "unreadable";
            throw new LedgerException(
                LedgerError.SchemaUnknown,
                $"the data directory has schema {found}, this program reads {LedgerTables.Schema}: export the chain "
                + "with the program that wrote it and import it into a new directory");
        }

        if (!transaction.TryGet(LedgerTables.Meta, GenesisKey, out ReadOnlySpan<byte> stored)
            || stored.Length != Hash256.Size)
        {
            throw LedgerException.Damaged("the genesis hash is missing");
        }

        return LedgerKeys.Hash(stored) == genesis
            ? true
            : throw new LedgerException(
                LedgerError.GenesisDiffers,
                $"the data directory holds the chain of genesis {LedgerKeys.Hash(stored)}, and the given genesis is "
                + $"{genesis}: give the genesis file that the directory was made with, or another directory");
    }

    /// <summary>The hash of the genesis that a store holds; <see langword="null"/> where it holds no ledger.</summary>
    internal static Hash256? GenesisOf(IReadTransaction transaction) =>
        transaction.TryGet(LedgerTables.Meta, GenesisKey, out ReadOnlySpan<byte> stored)
            ? LedgerKeys.Hash(stored)
            : null;

    /// <summary>Reads the record.</summary>
    /// <exception cref="LedgerException">It is not there.</exception>
    internal static LedgerRecord Read(IReadTransaction transaction)
    {
        if (!transaction.TryGet(LedgerTables.Meta, RecordKey, out ReadOnlySpan<byte> value) || value.Length != Size)
        {
            throw LedgerException.Damaged("the record of the head is missing");
        }

        ReadOnlySpan<byte> hashes = value[(3 * LedgerKeys.NumberSize)..];
        return new LedgerRecord(
            LedgerKeys.Number(value),
            LedgerKeys.Number(value[LedgerKeys.NumberSize..]),
            LedgerKeys.Number(value[(2 * LedgerKeys.NumberSize)..]),
            LedgerKeys.Hash(hashes),
            LedgerKeys.Hash(hashes[Hash256.Size..]));
    }

    /// <summary>Writes the record.</summary>
    internal void Write(IWriteTransaction transaction)
    {
        Span<byte> value = stackalloc byte[Size];
        LedgerKeys.Number(value, Sequence);
        LedgerKeys.Number(value[LedgerKeys.NumberSize..], Head);
        LedgerKeys.Number(value[(2 * LedgerKeys.NumberSize)..], OldestBlock);
        Span<byte> hashes = value[(3 * LedgerKeys.NumberSize)..];
        Safe.CopyTo(hashes);
        Finalized.CopyTo(hashes[Hash256.Size..]);
        transaction.Put(LedgerTables.Meta, RecordKey, value);
    }
}
