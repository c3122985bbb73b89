using System.Buffers.Binary;
using Koinon.Primitives.Rlp;

namespace Koinon.Primitives.Blocks;

/// <summary>Reads one header and keeps the first reason against it.</summary>
internal ref struct HeaderDecoder
{
    private const int FieldsLeast = 15;
    private const int FieldsMost = 21;

    private RlpReader _fields;
    private HeaderDecodeError _error;

    /// <summary>Reads the next item as a header.</summary>
    internal static HeaderDecodeError Read(scoped ref RlpReader reader, out BlockHeader? header)
    {
        header = null;
        RlpError error = reader.ReadList(out RlpReader fields);
        if (error != RlpError.None)
        {
            return HeaderDecodeError.From(error, HeaderField.List);
        }

        if (fields.CountItems(out int count) == RlpError.None && count is < FieldsLeast or > FieldsMost)
        {
            return new HeaderDecodeError(
                count < FieldsLeast ? BodyDecodeReason.TooFewFields : BodyDecodeReason.TooManyFields, HeaderField.List);
        }

        HeaderDecoder decoder = new() { _fields = fields };
        header = decoder.ReadFields();
        return decoder._error;
    }

    private BlockHeader? ReadFields()
    {
        if (!TryRead(HeaderField.ParentHash, out Hash256 parentHash)
            || !TryRead(HeaderField.UnclesHash, out Hash256 unclesHash)
            || !Check(_fields.ReadAddress(out Address beneficiary), HeaderField.Beneficiary)
            || !TryRead(HeaderField.StateRoot, out Hash256 stateRoot)
            || !TryRead(HeaderField.TransactionsRoot, out Hash256 transactionsRoot)
            || !TryRead(HeaderField.ReceiptsRoot, out Hash256 receiptsRoot)
            || !Check(_fields.ReadExact(Bloom.Size, out ReadOnlySpan<byte> bloom), HeaderField.LogsBloom)
            || !Check(_fields.ReadUInt256(out UInt256 difficulty), HeaderField.Difficulty)
            || !TryRead(HeaderField.Number, out ulong number)
            || !TryRead(HeaderField.GasLimit, out ulong gasLimit)
            || !TryRead(HeaderField.GasUsed, out ulong gasUsed)
            || !TryRead(HeaderField.Timestamp, out ulong timestamp)
            || !Check(_fields.ReadString(out ReadOnlySpan<byte> extraData), HeaderField.ExtraData)
            || !TryRead(HeaderField.MixHash, out Hash256 mixHash)
            || !Check(_fields.ReadExact(sizeof(ulong), out ReadOnlySpan<byte> nonce), HeaderField.Nonce)
            || !TryReadBaseFee(out UInt256? baseFee)
            || !TryReadOptional(HeaderField.WithdrawalsRoot, out Hash256? withdrawalsRoot)
            || !TryReadOptional(HeaderField.BlobGasUsed, out ulong? blobGasUsed)
            || !TryReadOptional(HeaderField.ExcessBlobGas, out ulong? excessBlobGas)
            || !TryReadOptional(HeaderField.ParentBeaconBlockRoot, out Hash256? beaconRoot)
            || !TryReadOptional(HeaderField.RequestsHash, out Hash256? requestsHash)
            || !Check(_fields.End(), HeaderField.List))
        {
            return null;
        }

        return new BlockHeader
        {
            ParentHash = parentHash,
            UnclesHash = unclesHash,
            Beneficiary = beneficiary,
            StateRoot = stateRoot,
            TransactionsRoot = transactionsRoot,
            ReceiptsRoot = receiptsRoot,
            LogsBloom = new Bloom(bloom),
            Difficulty = difficulty,
            Number = number,
            GasLimit = gasLimit,
            GasUsed = gasUsed,
            Timestamp = timestamp,
            ExtraData = extraData.ToArray(),
            MixHash = mixHash,
            Nonce = BinaryPrimitives.ReadUInt64BigEndian(nonce),
            BaseFeePerGas = baseFee,
            WithdrawalsRoot = withdrawalsRoot,
            BlobGasUsed = blobGasUsed,
            ExcessBlobGas = excessBlobGas,
            ParentBeaconBlockRoot = beaconRoot,
            RequestsHash = requestsHash,
        };
    }

    private bool TryRead(HeaderField field, out Hash256 hash) => Check(_fields.ReadHash(out hash), field);

    private bool TryRead(HeaderField field, out ulong number) => Check(_fields.ReadUInt64(out number), field);

    private bool TryReadBaseFee(out UInt256? baseFee)
    {
        baseFee = null;
        if (_fields.IsEmpty)
        {
            return true;
        }

        bool ok = Check(_fields.ReadUInt256(out UInt256 value), HeaderField.BaseFeePerGas);
        baseFee = value;
        return ok;
    }

    private bool TryReadOptional(HeaderField field, out Hash256? hash)
    {
        hash = null;
        if (_fields.IsEmpty)
        {
            return true;
        }

        bool ok = TryRead(field, out Hash256 value);
        hash = value;
        return ok;
    }

    private bool TryReadOptional(HeaderField field, out ulong? number)
    {
        number = null;
        if (_fields.IsEmpty)
        {
            return true;
        }

        bool ok = TryRead(field, out ulong value);
        number = value;
        return ok;
    }

    private bool Check(RlpError error, HeaderField field)
    {
        _error = HeaderDecodeError.From(error, field);
        return error == RlpError.None;
    }
}
