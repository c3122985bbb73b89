namespace Koinon.Evm.Instructions;

/// <summary>The facts of an opcode that no fork changes.</summary>
/// <param name="Mnemonic">Its name in traces and disassembly, upper case.</param>
/// <param name="Pops">Words it takes from the stack.</param>
/// <param name="Pushes">Words it puts on the stack.</param>
/// <param name="Reaches">Words the stack must hold: more than <paramref name="Pops"/> for DUP and SWAP.</param>
/// <param name="ImmediateBytes">Bytes of data that follow it in the code.</param>
public readonly record struct OpcodeInfo(string Mnemonic, byte Pops, byte Pushes, byte Reaches, byte ImmediateBytes)
{
    /// <summary>Whether the byte is an instruction in any fork.</summary>
    public bool IsKnown => Mnemonic is not null;
}
