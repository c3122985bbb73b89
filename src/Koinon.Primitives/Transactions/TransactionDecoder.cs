using Koinon.Primitives.Rlp;

namespace Koinon.Primitives.Transactions;

/// <summary>Reads one transaction and keeps the first reason against it.</summary>
/// <remarks>
/// Each step returns whether it succeeded, so that a type is one chain of steps. Where the number of fields is wrong,
/// that is the reason, whatever stands in them.
/// </remarks>
internal ref partial struct TransactionDecoder
{
    private const int LegacyFields = 9;
    private const int AuthorizationFields = 6;

    private readonly ReadOnlyMemory<byte> _bytes;
    private TransactionDecodeError _error;

    /// <summary>A decoder over bytes that the transaction will keep.</summary>
    internal TransactionDecoder(ReadOnlyMemory<byte> bytes)
    {
        _bytes = bytes;
        _error = default;
    }

    /// <summary>The reason against the bytes.</summary>
    internal readonly TransactionDecodeError Error => _error;

    /// <summary>Decodes block form.</summary>
    internal Transaction? Decode()
    {
        if (!TryReadType(out TransactionType type))
        {
            return null;
        }

        int payload = type == TransactionType.Legacy ? 0 : 1;
        RlpReader reader = new(_bytes.Span[payload..]);
        if (!Check(reader.ReadList(out RlpReader fields), TransactionField.Envelope, envelope: true)
            || !CheckEnd(reader, TransactionField.Envelope))
        {
            return null;
        }

        if (type == TransactionType.Blob && fields.IsListNext)
        {
            return Refuse(TransactionDecodeReason.SidecarNotAllowed, TransactionField.Wrapper);
        }

        return ReadTransaction(type, ref fields, payload, null, _bytes);
    }

    /// <summary>Decodes network form.</summary>
    internal Transaction? DecodeNetworkForm()
    {
        if (_bytes.IsEmpty || _bytes.Span[0] != (byte)TransactionType.Blob)
        {
            return Decode();
        }

        RlpReader reader = new(_bytes.Span[1..]);
        if (!Check(reader.ReadList(out RlpReader wrapper), TransactionField.Wrapper, envelope: true)
            || !CheckEnd(reader, TransactionField.Wrapper))
        {
            return null;
        }

        if (!wrapper.IsListNext)
        {
            return wrapper.IsEmpty
                ? Refuse(TransactionDecodeReason.TooFewFields, TransactionField.Wrapper)
                : Refuse(TransactionDecodeReason.SidecarMissing, TransactionField.Wrapper);
        }

        int from = 1 + wrapper.Offset;
        if (!Check(wrapper.ReadList(out RlpReader fields), TransactionField.Envelope))
        {
            return null;
        }

        int to = 1 + wrapper.Offset;
        if (!TryReadSidecar(ref wrapper, out BlobSidecar? sidecar))
        {
            return null;
        }

        // The body's own encoding has the type before it; in the wrapper a list header stands there.
        byte[] body = [(byte)TransactionType.Blob, .. _bytes.Span[from..to]];
        Transaction? transaction = ReadTransaction(TransactionType.Blob, ref fields, 1, sidecar, body);
        return transaction is not null && transaction.BlobVersionedHashes.Count != sidecar!.Blobs.Count
            ? Refuse(TransactionDecodeReason.SidecarCountMismatch, TransactionField.BlobVersionedHashes)
            : transaction;
    }

    private bool TryReadType(out TransactionType type)
    {
        type = TransactionType.Legacy;
        if (_bytes.IsEmpty)
        {
            return Fail(TransactionDecodeReason.Empty, TransactionField.Envelope);
        }

        byte first = _bytes.Span[0];
        if (first >= 0xc0)
        {
            return true;
        }

        type = (TransactionType)first;
        if (type is >= TransactionType.AccessList and <= TransactionType.SetCode)
        {
            return true;
        }

        return Fail(
            first < 0x80 ? TransactionDecodeReason.TypeUnknown : TransactionDecodeReason.NotATransaction,
            TransactionField.Envelope);
    }

    // One method for all types, long as it is: the fields stand here in the order in which they stand on the wire.
    // "offset" is what a reader's offset lacks to be an index into the bytes.
    private Transaction? ReadTransaction(
        TransactionType type,
        scoped ref RlpReader fields,
        int offset,
        BlobSidecar? sidecar,
        ReadOnlyMemory<byte> source)
    {
        if (!CheckCount(fields, FieldCount(type), TransactionField.Envelope))
        {
            return null;
        }

        UInt256 chainId = default;
        UInt256 priorityFee = default;
        UInt256 blobFee = default;
        AccessListEntry[] accessList = [];
        Hash256[] blobHashes = [];
        Authorization[] authorizations = [];
        bool typed = type != TransactionType.Legacy;
        bool hasTip = type >= TransactionType.DynamicFee;
        TransactionField feeField = hasTip ? TransactionField.MaxFeePerGas : TransactionField.GasPrice;
        if ((typed && !Word(ref fields, TransactionField.ChainId, out chainId))
            || !Number(ref fields, TransactionField.Nonce, out ulong nonce)
            || (hasTip && !Word(ref fields, TransactionField.MaxPriorityFeePerGas, out priorityFee))
            || !Word(ref fields, feeField, out UInt256 fee)
            || !Number(ref fields, TransactionField.GasLimit, out ulong gasLimit)
            || !Check(fields.ReadOptionalAddress(out Address? to), TransactionField.To)
            || !Word(ref fields, TransactionField.Value, out UInt256 value)
            || !Check(fields.ReadString(out ReadOnlySpan<byte> data), TransactionField.Data))
        {
            return null;
        }

        ReadOnlyMemory<byte> callData = _bytes.Slice(offset + fields.Offset - data.Length, data.Length);
        if ((typed && !TryReadAccessList(ref fields, out accessList))
            || (type == TransactionType.Blob && !TryReadBlobFields(ref fields, out blobFee, out blobHashes))
            || (type == TransactionType.SetCode && !TryReadAuthorizations(ref fields, out authorizations))
            || !Word(ref fields, TransactionField.V, out UInt256 v)
            || !Word(ref fields, TransactionField.R, out UInt256 r)
            || !Word(ref fields, TransactionField.S, out UInt256 s)
            || !Check(fields.End(), TransactionField.Envelope))
        {
            return null;
        }

        if (to is null && type >= TransactionType.Blob)
        {
            return Refuse(TransactionDecodeReason.CreationNotAllowed, TransactionField.To);
        }

        TransactionSignature signature = new(v, r, s);
        return new Transaction(source)
        {
            Type = type,
            ChainId = typed ? chainId : signature.LegacyChainId,
            Nonce = nonce,
            GasLimit = gasLimit,
            MaxFeePerGas = fee,
            MaxPriorityFeePerGas = hasTip ? priorityFee : fee,
            To = to,
            Value = value,
            Data = callData,
            AccessList = accessList,
            MaxFeePerBlobGas = blobFee,
            BlobVersionedHashes = blobHashes,
            AuthorizationList = authorizations,
            Signature = signature,
            Sidecar = sidecar,
        };
    }

    private static int FieldCount(TransactionType type) => type switch
    {
        TransactionType.Legacy => LegacyFields,
        TransactionType.AccessList => 11,
        TransactionType.DynamicFee => 12,
        TransactionType.Blob => 14,
        _ => 13,
    };

    private bool TryReadAccessList(scoped ref RlpReader fields, out AccessListEntry[] entries)
    {
        entries = [];
        if (!TryReadListOf(ref fields, TransactionField.AccessList, out RlpReader list, out int count) || count == 0)
        {
            return !_error.IsError;
        }

        entries = new AccessListEntry[count];
        for (int i = 0; i < count; i++)
        {
            if (!Check(list.ReadList(out RlpReader entry), TransactionField.AccessList)
                || !CheckCount(entry, 2, TransactionField.AccessList)
                || !Check(entry.ReadAddress(out Address address), TransactionField.AccessListAddress)
                || !TryReadListOf(ref entry, TransactionField.AccessListSlots, out RlpReader keys, out int keyCount))
            {
                return false;
            }

            UInt256[] slots = MakeArray<UInt256>(keys, keyCount, 1 + UInt256.Size);
            for (int j = 0; j < keyCount; j++)
            {
                if (!Check(keys.ReadHash(out Hash256 key), TransactionField.AccessListSlots))
                {
                    return false;
                }

                slots[j] = key.ToWord();
            }

            if (!Check(entry.End(), TransactionField.AccessList))
            {
                return false;
            }

            entries[i] = new AccessListEntry(address, slots);
        }

        return true;
    }

    private bool TryReadBlobFields(scoped ref RlpReader fields, out UInt256 blobFee, out Hash256[] hashes)
    {
        hashes = [];
        if (!Word(ref fields, TransactionField.MaxFeePerBlobGas, out blobFee)
            || !TryReadListOf(ref fields, TransactionField.BlobVersionedHashes, out RlpReader list, out int count))
        {
            return false;
        }

        hashes = MakeArray<Hash256>(list, count, 1 + Hash256.Size);
        for (int i = 0; i < count; i++)
        {
            if (!Check(list.ReadHash(out Hash256 hash), TransactionField.BlobVersionedHashes))
            {
                return false;
            }

            hashes[i] = hash;
        }

        return true;
    }

    private bool TryReadAuthorizations(scoped ref RlpReader fields, out Authorization[] authorizations)
    {
        authorizations = [];
        if (!TryReadListOf(ref fields, TransactionField.AuthorizationList, out RlpReader list, out int count))
        {
            return false;
        }

        authorizations = count == 0 ? [] : new Authorization[count];
        for (int i = 0; i < authorizations.Length; i++)
        {
            if (!TryReadAuthorization(ref list, out authorizations[i]!))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryReadAuthorization(scoped ref RlpReader list, out Authorization? authorization)
    {
        authorization = null;
        if (!Check(list.ReadList(out RlpReader fields), TransactionField.AuthorizationList)
            || !CheckCount(fields, AuthorizationFields, TransactionField.AuthorizationList)
            || !Word(ref fields, TransactionField.AuthorizationChainId, out UInt256 chainId)
            || !Check(fields.ReadAddress(out Address address), TransactionField.AuthorizationAddress)
            || !Number(ref fields, TransactionField.AuthorizationNonce, out ulong nonce)
            || !Check(fields.ReadByte(out byte yParity), TransactionField.AuthorizationYParity)
            || !Word(ref fields, TransactionField.AuthorizationR, out UInt256 r)
            || !Word(ref fields, TransactionField.AuthorizationS, out UInt256 s)
            || !Check(fields.End(), TransactionField.AuthorizationList))
        {
            return false;
        }

        authorization = new Authorization
        {
            ChainId = chainId,
            Address = address,
            Nonce = nonce,
            YParity = yParity,
            R = r,
            S = s,
        };
        return true;
    }

    // Enters a list and counts its items, so that arrays are made once; the count is bounded by the input's length.
    private bool TryReadListOf(scoped ref RlpReader fields, TransactionField field, out RlpReader list, out int count)
    {
        count = 0;
        return Check(fields.ReadList(out list), field) && Check(list.CountItems(out count), field);
    }

    // Room for as many items of a fixed length as fit the list: the first item of another length ends the reading, and
    // until then they fit. So an input of many tiny items makes no large array.
    private static T[] MakeArray<T>(scoped RlpReader list, int count, int itemLength) =>
        count == 0 ? [] : new T[Math.Min(count, list.Remaining / itemLength)];

    private bool Number(scoped ref RlpReader fields, TransactionField field, out ulong value) =>
        Check(fields.ReadUInt64(out value), field);

    private bool Word(scoped ref RlpReader fields, TransactionField field, out UInt256 value) =>
        Check(fields.ReadUInt256(out value), field);

    // Items that cannot be counted are left to the field where they stand: its error says more.
    private bool CheckCount(scoped RlpReader fields, int due, TransactionField field)
    {
        if (fields.CountItems(out int count) != RlpError.None || count == due)
        {
            return true;
        }

        return Fail(count < due ? TransactionDecodeReason.TooFewFields : TransactionDecodeReason.TooManyFields, field);
    }

    private bool CheckEnd(scoped RlpReader reader, TransactionField field) =>
        reader.IsEmpty || Fail(TransactionDecodeReason.TrailingBytes, field);

    private bool Check(RlpError error, TransactionField field, bool envelope = false)
    {
        if (error == RlpError.None)
        {
            return true;
        }

        // The envelope is no field of a list that could have too few of them: it ends early.
        _error = envelope && error == RlpError.EndOfInput
            ? new TransactionDecodeError(TransactionDecodeReason.Malformed, field, error)
            : TransactionDecodeError.From(error, field);
        return false;
    }

    private bool Fail(TransactionDecodeReason reason, TransactionField field)
    {
        _error = new TransactionDecodeError(reason, field);
        return false;
    }

    private Transaction? Refuse(TransactionDecodeReason reason, TransactionField field)
    {
        _error = new TransactionDecodeError(reason, field);
        return null;
    }
}
