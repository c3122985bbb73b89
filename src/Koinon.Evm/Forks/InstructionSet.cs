using Koinon.Evm.Instructions;

namespace Koinon.Evm.Forks;

/// <summary>The 256 rows of a fork: which opcodes it knows and what each costs at least.</summary>
/// <remarks>Immutable. Code is decoded once for each set, so sets are compared by reference.</remarks>
public sealed class InstructionSet
{
    private readonly InstructionRow[] _rows;

    private InstructionSet(InstructionRow[] rows) => _rows = rows;

    /// <summary>A set that knows no opcode.</summary>
    public static InstructionSet None { get; } = new(new InstructionRow[256]);

    /// <summary>The row of an opcode.</summary>
    public InstructionRow this[Opcode opcode] => _rows[(byte)opcode];

    /// <summary>The rows by opcode, for the decoder.</summary>
    internal ReadOnlySpan<InstructionRow> Rows => _rows;

    /// <summary>A set with opcodes added or repriced.</summary>
    /// <param name="changes">Each opcode with its gas.</param>
    /// <exception cref="ArgumentException">A change changes nothing, or the opcode has no facts.</exception>
    public InstructionSet With(params (Opcode Opcode, ushort Gas)[] changes)
    {
        var rows = (InstructionRow[])_rows.Clone();
        foreach ((Opcode opcode, ushort gas) in changes)
        {
            OpcodeInfo info = OpcodeTable.Of(opcode);
            var row = new InstructionRow(gas, info.Reaches, (sbyte)(info.Pushes - info.Pops), IsDefined: true);
            if (!info.IsKnown || rows[(byte)opcode] == row)
            {
                throw new ArgumentException($"{OpcodeTable.NameOf(opcode)} at {gas} gas changes nothing.");
            }

            rows[(byte)opcode] = row;
        }

        return new InstructionSet(rows);
    }

    /// <summary>A set with every opcode of a range added at one price.</summary>
    internal InstructionSet WithRange(Opcode first, Opcode last, ushort gas)
    {
        InstructionSet set = this;
        for (int opcode = (byte)first; opcode <= (byte)last; opcode++)
        {
            set = set.With(((Opcode)opcode, gas));
        }

        return set;
    }
}
