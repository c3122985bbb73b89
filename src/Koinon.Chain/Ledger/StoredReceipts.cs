using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.Rlp;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Ledger;

/// <summary>The form in which a store keeps the receipts of a block: without filters, which follow from the
/// logs.</summary>
/// <remarks>
/// A list of lists: type, outcome (status 0 or 1, or the 32 bytes of a root), cumulative gas, logs; a log is a list of
/// address, topics one after another, data.
/// </remarks>
internal static class StoredReceipts
{
    /// <summary>Writes the receipts of a block.</summary>
    internal static void Encode(ref RlpWriter writer, IReadOnlyList<Receipt> receipts)
    {
        int list = writer.BeginList();
        Span<byte> topics = stackalloc byte[Log.MaxTopics * Hash256.Size];
        for (int i = 0; i < receipts.Count; i++)
        {
            Receipt receipt = receipts[i];
            int item = writer.BeginList();
            writer.Write((ulong)receipt.Type);
            if (receipt.PostStateRoot is { } root)
            {
                writer.Write(root);
            }
            else
            {
                writer.Write(receipt.Succeeded == true ? 1UL : 0UL);
            }

            writer.Write(receipt.CumulativeGasUsed);
            int logs = writer.BeginList();
            for (int j = 0; j < receipt.Logs.Count; j++)
            {
                Write(ref writer, receipt.Logs[j], topics);
            }

            writer.EndList(logs);
            writer.EndList(item);
        }

        writer.EndList(list);
    }

    /// <summary>Reads what <see cref="Encode"/> wrote; the logs keep the bytes.</summary>
    internal static bool TryDecode(ReadOnlyMemory<byte> bytes, out List<Receipt> receipts)
    {
        receipts = [];
        RlpReader reader = new(bytes.Span);
        if (reader.ReadList(out RlpReader items) != RlpError.None)
        {
            return false;
        }

        while (!items.IsEmpty)
        {
            if (items.ReadList(out RlpReader item) != RlpError.None || !TryRead(bytes, ref item, out Receipt? receipt))
            {
                return false;
            }

            receipts.Add(receipt!);
        }

        return reader.IsEmpty;
    }

    private static void Write(ref RlpWriter writer, Log log, scoped Span<byte> topics)
    {
        int item = writer.BeginList();
        writer.Write(log.Address);
        for (int i = 0; i < log.Topics.Count; i++)
        {
            Hash256 topic = log.Topics[i];
            Hash256.AsSpan(in topic).CopyTo(topics[(i * Hash256.Size)..]);
        }

        writer.Write(topics[..(log.Topics.Count * Hash256.Size)]);
        writer.Write(log.Data.Span);
        writer.EndList(item);
    }

    private static bool TryRead(ReadOnlyMemory<byte> bytes, ref RlpReader item, out Receipt? receipt)
    {
        receipt = null;
        if (item.ReadUInt64(out ulong type) != RlpError.None
            || item.ReadString(out ReadOnlySpan<byte> outcome) != RlpError.None
            || item.ReadUInt64(out ulong cumulativeGas) != RlpError.None
            || item.ReadList(out RlpReader items) != RlpError.None)
        {
            return false;
        }

        List<Log> logs = [];
        while (!items.IsEmpty)
        {
            if (items.ReadList(out RlpReader log) != RlpError.None || !TryRead(bytes, ref log, logs))
            {
                return false;
            }
        }

        bool isRoot = outcome.Length == Hash256.Size;
        receipt = new Receipt
        {
            Type = (TransactionType)type,
            Succeeded = isRoot ? null : outcome.Length == 1,
            PostStateRoot = isRoot ? new Hash256(outcome) : null,
            CumulativeGasUsed = cumulativeGas,
            Bloom = Receipt.BloomOf(logs),
            Logs = logs,
        };
        return true;
    }

    private static bool TryRead(ReadOnlyMemory<byte> bytes, ref RlpReader log, List<Log> logs)
    {
        if (log.ReadAddress(out Address address) != RlpError.None
            || log.ReadString(out ReadOnlySpan<byte> joined) != RlpError.None
            || joined.Length % Hash256.Size != 0
            || log.ReadString(out ReadOnlySpan<byte> data) != RlpError.None)
        {
            return false;
        }

        Hash256[] topics = new Hash256[joined.Length / Hash256.Size];
        for (int i = 0; i < topics.Length; i++)
        {
            topics[i] = new Hash256(joined.Slice(i * Hash256.Size, Hash256.Size));
        }

        bytes.Span.Overlaps(data, out int start);
        logs.Add(new Log(address, topics, data.IsEmpty ? default : bytes.Slice(start, data.Length)));
        return true;
    }
}
