using Koinon.Primitives.Rlp;
using Koinon.Primitives.Transactions;

namespace Koinon.Primitives.Blocks;

/// <summary>Reads one receipt and keeps the first reason against it.</summary>
internal ref struct ReceiptDecoder
{
    private const int Fields = 4;
    private const int LogFields = 3;

    private readonly ReadOnlyMemory<byte> _bytes;
    private ReceiptDecodeError _error;

    /// <summary>A decoder over bytes that the receipt's logs will keep.</summary>
    internal ReceiptDecoder(ReadOnlyMemory<byte> bytes)
    {
        _bytes = bytes;
        _error = default;
    }

    /// <summary>The reason against the bytes.</summary>
    internal readonly ReceiptDecodeError Error => _error;

    /// <summary>Decodes the receipt.</summary>
    internal Receipt? Decode()
    {
        TransactionType type = TransactionType.Legacy;
        if (!_bytes.IsEmpty && _bytes.Span[0] < 0xc0)
        {
            type = (TransactionType)_bytes.Span[0];
            if (type is < TransactionType.AccessList or > TransactionType.SetCode)
            {
                Fail(BodyDecodeReason.TypeUnknown, ReceiptField.Envelope);
                return null;
            }
        }

        int payload = type == TransactionType.Legacy ? 0 : 1;
        RlpReader reader = new(_bytes.Span[payload..]);
        if (!Check(reader.ReadList(out RlpReader fields), ReceiptField.Envelope)
            || !(reader.IsEmpty || Fail(BodyDecodeReason.TrailingBytes, ReceiptField.Envelope))
            || !CheckCount(fields, Fields, ReceiptField.Envelope)
            || !TryReadOutcome(ref fields, out bool? succeeded, out Hash256? root)
            || !Check(fields.ReadUInt64(out ulong gas), ReceiptField.CumulativeGasUsed)
            || !Check(fields.ReadExact(Bloom.Size, out ReadOnlySpan<byte> bloom), ReceiptField.Bloom)
            || !TryReadLogs(ref fields, payload, out Log[] logs)
            || !Check(fields.End(), ReceiptField.Envelope))
        {
            return null;
        }

        return new Receipt
        {
            Type = type,
            Succeeded = succeeded,
            PostStateRoot = root,
            CumulativeGasUsed = gas,
            Bloom = new Bloom(bloom),
            Logs = logs,
        };
    }

    private bool TryReadOutcome(scoped ref RlpReader fields, out bool? succeeded, out Hash256? root)
    {
        succeeded = null;
        root = null;
        if (!Check(fields.ReadString(out ReadOnlySpan<byte> content), ReceiptField.Outcome))
        {
            return false;
        }

        switch (content.Length)
        {
            case 0:
                succeeded = false;
                return true;
            case 1:
                succeeded = true;
                return content[0] == 1 || Fail(BodyDecodeReason.ValueNotAllowed, ReceiptField.Outcome);
            case Hash256.Size:
                root = new Hash256(content);
                return true;
            default:
                return Fail(
                    content.Length < Hash256.Size ? BodyDecodeReason.TooShort : BodyDecodeReason.TooLong,
                    ReceiptField.Outcome);
        }
    }

    private bool TryReadLogs(scoped ref RlpReader fields, int offset, out Log[] logs)
    {
        logs = [];
        if (!Check(fields.ReadList(out RlpReader list), ReceiptField.Logs)
            || !Check(list.CountItems(out int count), ReceiptField.Logs))
        {
            return false;
        }

        logs = count == 0 ? [] : new Log[count];
        for (int i = 0; i < logs.Length; i++)
        {
            if (!TryReadLog(ref list, offset, out Log? log))
            {
                return false;
            }

            logs[i] = log!;
        }

        return true;
    }

    private bool TryReadLog(scoped ref RlpReader list, int offset, out Log? log)
    {
        log = null;
        if (!Check(list.ReadList(out RlpReader fields), ReceiptField.Logs)
            || !CheckCount(fields, LogFields, ReceiptField.Logs)
            || !Check(fields.ReadAddress(out Address address), ReceiptField.LogAddress)
            || !Check(fields.ReadList(out RlpReader topicList), ReceiptField.LogTopics)
            || !Check(topicList.CountItems(out int count), ReceiptField.LogTopics))
        {
            return false;
        }

        if (count > Log.MaxTopics)
        {
            return Fail(BodyDecodeReason.TooManyFields, ReceiptField.LogTopics);
        }

        Hash256[] topics = count == 0 ? [] : new Hash256[count];
        for (int i = 0; i < topics.Length; i++)
        {
            if (!Check(topicList.ReadHash(out topics[i]), ReceiptField.LogTopics))
            {
                return false;
            }
        }

        if (!Check(fields.ReadString(out ReadOnlySpan<byte> data), ReceiptField.LogData)
            || !Check(fields.End(), ReceiptField.Logs))
        {
            return false;
        }

        log = new Log(address, topics, _bytes.Slice(offset + fields.Offset - data.Length, data.Length));
        return true;
    }

    // Items that cannot be counted are left to the field where they stand: its error says more.
    private bool CheckCount(scoped RlpReader fields, int due, ReceiptField field)
    {
        if (fields.CountItems(out int count) != RlpError.None || count == due)
        {
            return true;
        }

        return Fail(count < due ? BodyDecodeReason.TooFewFields : BodyDecodeReason.TooManyFields, field);
    }

    private bool Check(RlpError error, ReceiptField field)
    {
        _error = ReceiptDecodeError.From(error, field);
        return error == RlpError.None;
    }

    private bool Fail(BodyDecodeReason reason, ReceiptField field)
    {
        _error = new ReceiptDecodeError(reason, field);
        return false;
    }
}
