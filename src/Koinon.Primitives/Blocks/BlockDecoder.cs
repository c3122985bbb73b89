using System.Diagnostics.CodeAnalysis;
using Koinon.Primitives.Rlp;
using Koinon.Primitives.Transactions;

namespace Koinon.Primitives.Blocks;

/// <summary>Reads one block and keeps the first reason against it.</summary>
internal ref struct BlockDecoder
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private BlockDecodeError _error;

    /// <summary>A decoder over bytes that the block's transactions will keep.</summary>
    internal BlockDecoder(ReadOnlyMemory<byte> bytes)
    {
        _bytes = bytes;
        _error = default;
    }

    /// <summary>The reason against the bytes.</summary>
    internal readonly BlockDecodeError Error => _error;

    /// <summary>Decodes the block.</summary>
    internal Block? Decode()
    {
        RlpReader reader = new(_bytes.Span);
        if (!Enter(ref reader, BlockDecodeReason.BlockNotAList, out RlpReader parts))
        {
            return null;
        }

        if (!reader.IsEmpty)
        {
            Fail(BlockDecodeReason.TrailingBytes);
            return null;
        }

        if (!TryReadHeader(ref parts, BlockDecodeReason.HeaderInvalid, 0, out BlockHeader? header)
            || !TryReadTransactions(ref parts, out Transaction[] transactions)
            || !TryReadUncles(ref parts, out BlockHeader[] uncles)
            || !TryReadWithdrawals(ref parts, out Withdrawal[]? withdrawals))
        {
            return null;
        }

        if (!parts.IsEmpty)
        {
            Fail(BlockDecodeReason.TooManyParts);
            return null;
        }

        return new Block
        {
            Header = header,
            Transactions = transactions,
            Uncles = uncles,
            Withdrawals = withdrawals,
            Size = _bytes.Length,
        };
    }

    private bool TryReadHeader(
        scoped ref RlpReader list, BlockDecodeReason reason, int index, [NotNullWhen(true)] out BlockHeader? header)
    {
        header = null;
        if (list.IsEmpty)
        {
            return Fail(BlockDecodeReason.TooFewParts);
        }

        HeaderDecodeError error = HeaderDecoder.Read(ref list, out header);
        if (error.IsError)
        {
            header = null;
            _error = new BlockDecodeError { Reason = reason, Index = index, Header = error };
        }

        return header is not null;
    }

    private bool TryReadTransactions(scoped ref RlpReader parts, out Transaction[] transactions)
    {
        transactions = [];
        if (!EnterCounted(ref parts, BlockDecodeReason.TransactionsNotAList, out RlpReader list, out int count))
        {
            return false;
        }

        transactions = count == 0 ? [] : new Transaction[count];
        for (int i = 0; i < transactions.Length; i++)
        {
            if (!TryReadTransaction(ref list, out Transaction? transaction, out TransactionDecodeError error))
            {
                _error = new BlockDecodeError
                {
                    Reason = BlockDecodeReason.TransactionInvalid,
                    Index = i,
                    Transaction = error,
                };
                return false;
            }

            transactions[i] = transaction;
        }

        return true;
    }

    // A legacy transaction is an item of the list as it stands; a typed one is the content of a string.
    private readonly bool TryReadTransaction(
        scoped ref RlpReader list, [NotNullWhen(true)] out Transaction? transaction, out TransactionDecodeError error)
    {
        int from = list.Offset;
        RlpError malformed = list.ReadItem(out bool isList, out ReadOnlySpan<byte> content);
        if (malformed != RlpError.None)
        {
            transaction = null;
            error = TransactionDecodeError.From(malformed, TransactionField.Envelope);
            return false;
        }

        int to = list.Offset;
        if (isList)
        {
            return Transaction.TryDecodeInPlace(_bytes[from..to], out transaction, out error);
        }

        if (!content.IsEmpty && content[0] >= 0xc0)
        {
            transaction = null;
            error = new TransactionDecodeError(TransactionDecodeReason.NotATransaction, TransactionField.Envelope);
            return false;
        }

        return Transaction.TryDecodeInPlace(_bytes[(to - content.Length)..to], out transaction, out error);
    }

    private bool TryReadUncles(scoped ref RlpReader parts, out BlockHeader[] uncles)
    {
        uncles = [];
        if (!EnterCounted(ref parts, BlockDecodeReason.UnclesNotAList, out RlpReader list, out int count))
        {
            return false;
        }

        uncles = count == 0 ? [] : new BlockHeader[count];
        for (int i = 0; i < uncles.Length; i++)
        {
            if (!TryReadHeader(ref list, BlockDecodeReason.UncleInvalid, i, out BlockHeader? uncle))
            {
                return false;
            }

            uncles[i] = uncle;
        }

        return true;
    }

    private bool TryReadWithdrawals(scoped ref RlpReader parts, out Withdrawal[]? withdrawals)
    {
        withdrawals = null;
        if (parts.IsEmpty)
        {
            return true;
        }

        if (!EnterCounted(ref parts, BlockDecodeReason.WithdrawalsNotAList, out RlpReader list, out int count))
        {
            return false;
        }

        // A withdrawal takes at least 25 bytes, so many tiny items make no large array: the first ends the reading.
        const int LeastLength = 25;
        withdrawals = count == 0 ? [] : new Withdrawal[Math.Min(count, list.Remaining / LeastLength)];
        for (int i = 0; i < count; i++)
        {
            WithdrawalDecodeError error = Withdrawal.ReadFrom(ref list, out Withdrawal withdrawal);
            if (error.IsError)
            {
                _error = new BlockDecodeError
                {
                    Reason = BlockDecodeReason.WithdrawalInvalid,
                    Index = i,
                    Withdrawal = error,
                };
                return false;
            }

            withdrawals[i] = withdrawal;
        }

        return true;
    }

    private bool EnterCounted(
        scoped ref RlpReader parts, BlockDecodeReason notAList, out RlpReader list, out int count)
    {
        count = 0;
        if (!Enter(ref parts, notAList, out list))
        {
            return false;
        }

        RlpError error = list.CountItems(out count);
        return error == RlpError.None || FailMalformed(error);
    }

    private bool Enter(scoped ref RlpReader parts, BlockDecodeReason notAList, out RlpReader list)
    {
        bool missing = parts.IsEmpty && notAList != BlockDecodeReason.BlockNotAList;
        RlpError error = parts.ReadList(out list);
        return error switch
        {
            RlpError.None => true,
            RlpError.ListExpected => Fail(notAList),
            _ => missing ? Fail(BlockDecodeReason.TooFewParts) : FailMalformed(error),
        };
    }

    private bool Fail(BlockDecodeReason reason)
    {
        _error = new BlockDecodeError { Reason = reason };
        return false;
    }

    private bool FailMalformed(RlpError error)
    {
        _error = new BlockDecodeError { Reason = BlockDecodeReason.Malformed, Rlp = error };
        return false;
    }
}
