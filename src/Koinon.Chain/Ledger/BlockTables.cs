using System.Buffers.Binary;
using Koinon.Chain.Networks;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.Rlp;
using Koinon.Primitives.Transactions;
using Koinon.Storage;

namespace Koinon.Chain.Ledger;

/// <summary>The canonical chain in a store: blocks, receipts, senders, look-ups by hash, the log index.</summary>
/// <param name="ledger">Whose blocks are read.</param>
/// <param name="schedule">Gives the rules of a block.</param>
/// <remarks>It holds nothing itself: transactions say which snapshot is read, and only the ledger writes.</remarks>
internal sealed class BlockTables(Ledger ledger, NetworkSchedule schedule)
{
    private const int FrameMax = Hash256.Size + 1 + UInt256.Size + 1 + Address.Size;
    private const int IndexSize = sizeof(int);

    /// <summary>Reads the canonical block of a number.</summary>
    internal LedgerBlock? Read(IReadTransaction transaction, ulong number)
    {
        Span<byte> key = LedgerKeys.Number(stackalloc byte[LedgerKeys.NumberSize], number);
        if (!transaction.TryGet(LedgerTables.Blocks, key, out ReadOnlySpan<byte> record)
            || record.Length == Hash256.Size)
        {
            return null;
        }

        Hash256 hash = LedgerKeys.Hash(record);
        record = record[Hash256.Size..];
        UInt256 difficulty = UInt256.FromBigEndian(TakeString(ref record));
        ReadOnlySpan<byte> other = TakeString(ref record);
        BlockHeader? header = CompactBlock.TryRead(record, out byte[]? rlp) ? HeaderOf(rlp) : null;
        if (rlp is null || header is null) throw LedgerException.Damaged($"block {number} cannot be decoded");

        Address author = other.IsEmpty ? header.Beneficiary : new Address(other);
        byte[] receipts = Copy(transaction, LedgerTables.Receipts, key);
        byte[] senders = Copy(transaction, LedgerTables.Senders, key);
        return new LedgerBlock(ledger, header, new StoredBody(number, rlp, receipts, senders))
        {
            Block = null!,
            Receipts = null!,
            State = null,
            Sealed = new SealedHeader(header, hash, author),
            Rules = schedule.At(number, header.Timestamp, unchecked(difficulty - header.Difficulty)),
            TotalDifficulty = difficulty,
        };
    }

    /// <summary>The hash of the canonical block of a number; <see langword="null"/> where there is none.</summary>
    internal static Hash256? ReadHash(IReadTransaction transaction, ulong number)
    {
        Span<byte> key = LedgerKeys.Number(stackalloc byte[LedgerKeys.NumberSize], number);
        return transaction.TryGet(LedgerTables.Blocks, key, out ReadOnlySpan<byte> record)
            ? LedgerKeys.Hash(record)
            : null;
    }

    /// <summary>The number of a canonical block; <see langword="null"/> where none has the hash.</summary>
    internal static ulong? ReadNumber(IReadTransaction transaction, in Hash256 hash) =>
        transaction.TryGet(LedgerTables.Numbers, Hash256.AsSpan(in hash), out ReadOnlySpan<byte> number)
            ? LedgerKeys.Number(number)
            : null;

    /// <summary>Where a canonical transaction stands; <see langword="null"/> where none has the hash.</summary>
    internal static (ulong Number, int Index)? ReadTransaction(IReadTransaction transaction, in Hash256 hash) =>
        transaction.TryGet(LedgerTables.Transactions, Hash256.AsSpan(in hash), out ReadOnlySpan<byte> place)
            ? (LedgerKeys.Number(place), BinaryPrimitives.ReadInt32BigEndian(place[LedgerKeys.NumberSize..]))
            : null;

    /// <summary>Writes a block that becomes canonical.</summary>
    internal static void Write(IWriteTransaction transaction, LedgerBlock block)
    {
        Span<byte> key = LedgerKeys.Number(stackalloc byte[LedgerKeys.NumberSize], block.Number);
        Hash256 hash = block.Hash;
        WriteBlock(transaction, key, block);
        WriteReceipts(transaction, key, block);
        transaction.Put(LedgerTables.Numbers, Hash256.AsSpan(in hash), key);
        IReadOnlyList<Transaction> transactions = block.Block.Transactions;
        if (transactions.Count > 0)
        {
            WriteTransactions(transaction, key, transactions);
        }

        LogIndex.Write(transaction, block);
    }

    /// <summary>Removes a block that is no longer canonical, or no longer kept.</summary>
    internal static void Delete(IWriteTransaction transaction, LedgerBlock block)
    {
        Span<byte> key = LedgerKeys.Number(stackalloc byte[LedgerKeys.NumberSize], block.Number);
        Hash256 hash = block.Hash;
        LogIndex.Delete(transaction, block);
        transaction.Delete(LedgerTables.Blocks, key);
        transaction.Delete(LedgerTables.Receipts, key);
        transaction.Delete(LedgerTables.Senders, key);
        transaction.Delete(LedgerTables.Numbers, Hash256.AsSpan(in hash));
        foreach (Transaction item in block.Block.Transactions)
        {
            // A transaction that stands again in a block above has its place there.
            Hash256 itemHash = item.Hash;
            if (ReadTransaction(transaction, itemHash) is { } place && place.Number == block.Number)
            {
                transaction.Delete(LedgerTables.Transactions, Hash256.AsSpan(in itemHash));
            }
        }
    }

    /// <summary>Keeps the hash of a block whose body is given up.</summary>
    internal static void WriteHash(IWriteTransaction transaction, ulong number, in Hash256 hash)
    {
        Span<byte> key = LedgerKeys.Number(stackalloc byte[LedgerKeys.NumberSize], number);
        transaction.Put(LedgerTables.Blocks, key, Hash256.AsSpan(in hash));
    }

    /// <summary>Gives up the hashes of some blocks whose bodies were given up.</summary>
    /// <param name="transaction">Where.</param>
    /// <param name="from">The first block.</param>
    /// <param name="to">Behind the last one.</param>
    internal static void DeleteHashes(IWriteTransaction transaction, ulong from, ulong to)
    {
        if (from < to)
        {
            transaction.DeleteRange(
                LedgerTables.Blocks,
                LedgerKeys.Number(stackalloc byte[LedgerKeys.NumberSize], from),
                LedgerKeys.Number(stackalloc byte[LedgerKeys.NumberSize], to));
        }
    }

    private static void WriteBlock(IWriteTransaction transaction, ReadOnlySpan<byte> key, LedgerBlock block)
    {
        Span<byte> frame = stackalloc byte[FrameMax];
        block.Hash.CopyTo(frame);
        int at = Hash256.Size + 1;
        int length = block.TotalDifficulty.WriteTrimmedBigEndian(frame[at..]);
        frame[at - 1] = (byte)length;
        at += length + 1;
        bool isOther = block.Sealed.Author != block.Header.Beneficiary;
        frame[at - 1] = (byte)(isOther ? Address.Size : 0);
        if (isOther)
        {
            block.Sealed.Author.CopyTo(frame[at..]);
            at += Address.Size;
        }

        RlpWriter encoded = new(stackalloc byte[1_024]);
        block.Block.EncodeTo(ref encoded);
        RlpWriter writer = new(stackalloc byte[1_024]);
        writer.WriteRaw(frame[..at]);
        CompactBlock.Write(ref writer, encoded.Written);
        encoded.Dispose();
        transaction.Put(LedgerTables.Blocks, key, writer.Written);
        writer.Dispose();
    }

    private static void WriteReceipts(IWriteTransaction transaction, ReadOnlySpan<byte> key, LedgerBlock block)
    {
        RlpWriter writer = new(stackalloc byte[512]);
        StoredReceipts.Encode(ref writer, block.Receipts);
        transaction.Put(LedgerTables.Receipts, key, writer.Written);
        writer.Dispose();
    }

    private static void WriteTransactions(
        IWriteTransaction transaction, ReadOnlySpan<byte> key, IReadOnlyList<Transaction> transactions)
    {
        byte[] senders = new byte[transactions.Count * Address.Size];
        Span<byte> place = stackalloc byte[LedgerKeys.NumberSize + IndexSize];
        key.CopyTo(place);
        for (int i = 0; i < transactions.Count; i++)
        {
            Hash256 hash = transactions[i].Hash;
            transactions[i].TryGetSender(out Address sender);
            sender.CopyTo(senders.AsSpan(i * Address.Size));
            BinaryPrimitives.WriteInt32BigEndian(place[LedgerKeys.NumberSize..], i);
            transaction.Put(LedgerTables.Transactions, Hash256.AsSpan(in hash), place);
        }

        transaction.Put(LedgerTables.Senders, key, senders);
    }

    /// <summary>Takes a string off the front of a record: one byte of its length, then itself.</summary>
    private static ReadOnlySpan<byte> TakeString(ref ReadOnlySpan<byte> record)
    {
        int length = record[0];
        ReadOnlySpan<byte> taken = record.Slice(1, length);
        record = record[(1 + length)..];
        return taken;
    }

    private static byte[] Copy(IReadTransaction transaction, StoreTable table, ReadOnlySpan<byte> key) =>
        transaction.TryGet(table, key, out ReadOnlySpan<byte> value) ? value.ToArray() : [];

    private static BlockHeader? HeaderOf(ReadOnlySpan<byte> rlp)
    {
        RlpReader reader = new(rlp);
        return reader.ReadList(out RlpReader parts) == RlpError.None
            && parts.ReadEncoded(out ReadOnlySpan<byte> encoded) == RlpError.None
            && BlockHeader.TryDecode(encoded, out BlockHeader? header, out _)
                ? header
                : null;
    }
}
