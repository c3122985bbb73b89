using Koinon.Primitives.Rlp;

namespace Koinon.Primitives.Blocks;

/// <summary>Ether that comes from the consensus layer (EIP-4895).</summary>
/// <param name="Index">Counts all withdrawals of the chain.</param>
/// <param name="ValidatorIndex">Whose stake it is.</param>
/// <param name="Address">Who receives it.</param>
/// <param name="Amount">In gwei.</param>
public readonly record struct Withdrawal(ulong Index, ulong ValidatorIndex, Address Address, ulong Amount)
{
    private const int Fields = 4;

    /// <summary>Decodes one withdrawal.</summary>
    /// <param name="bytes">All of it and nothing else.</param>
    /// <param name="withdrawal">The withdrawal, where the bytes are one.</param>
    /// <param name="error">What is wrong with them, where they are not.</param>
    public static bool TryDecode(
        ReadOnlySpan<byte> bytes, out Withdrawal withdrawal, out WithdrawalDecodeError error)
    {
        RlpReader reader = new(bytes);
        error = ReadFrom(ref reader, out withdrawal);
        if (!error.IsError && !reader.IsEmpty)
        {
            error = new WithdrawalDecodeError(BodyDecodeReason.TrailingBytes, WithdrawalField.List);
        }

        return !error.IsError;
    }

    /// <summary>Writes the withdrawal as the list it is.</summary>
    public void EncodeTo(ref RlpWriter writer)
    {
        int list = writer.BeginList();
        writer.Write(Index);
        writer.Write(ValidatorIndex);
        writer.Write(Address);
        writer.Write(Amount);
        writer.EndList(list);
    }

    /// <summary>Reads the next item as a withdrawal.</summary>
    internal static WithdrawalDecodeError ReadFrom(scoped ref RlpReader reader, out Withdrawal withdrawal)
    {
        withdrawal = default;
        RlpError error = reader.ReadList(out RlpReader fields);
        if (error != RlpError.None)
        {
            return WithdrawalDecodeError.From(error, WithdrawalField.List);
        }

        if (fields.CountItems(out int count) == RlpError.None && count != Fields)
        {
            return new WithdrawalDecodeError(
                count < Fields ? BodyDecodeReason.TooFewFields : BodyDecodeReason.TooManyFields, WithdrawalField.List);
        }

        WithdrawalField field = WithdrawalField.Index;
        error = fields.ReadUInt64(out ulong index);
        ulong validator = 0;
        Address address = default;
        ulong amount = 0;
        if (error == RlpError.None)
        {
            field = WithdrawalField.ValidatorIndex;
            error = fields.ReadUInt64(out validator);
        }

        if (error == RlpError.None)
        {
            field = WithdrawalField.Address;
            error = fields.ReadAddress(out address);
        }

        if (error == RlpError.None)
        {
            field = WithdrawalField.Amount;
            error = fields.ReadUInt64(out amount);
        }

        if (error == RlpError.None)
        {
            // Items that could not be counted above: something malformed follows the last field.
            field = fields.IsEmpty ? field : WithdrawalField.List;
            error = fields.End();
        }

        withdrawal = new Withdrawal(index, validator, address, amount);
        return WithdrawalDecodeError.From(error, field);
    }
}
