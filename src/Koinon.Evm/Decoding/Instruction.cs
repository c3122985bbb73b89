using System.Runtime.InteropServices;

namespace Koinon.Evm.Decoding;

/// <summary>One step of the decoded stream: 16 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct Instruction
{
    /// <summary>What the loop switches on.</summary>
    [FieldOffset(0)]
    internal Operation Operation;

    /// <summary>A small operand: depth of a DUP or SWAP; of a block the words its stack must hold.</summary>
    [FieldOffset(2)]
    internal ushort Argument;

    /// <summary>A 32-bit operand: of a block its gas; of a jump the index of its target.</summary>
    [FieldOffset(4)]
    internal uint Extra;

    /// <summary>A constant, the address of a longer one, or of a block its growth and place in the code.</summary>
    [FieldOffset(8)]
    internal ulong Immediate;

    /// <summary>Of a block: the most words that its stack gains on the way.</summary>
    [FieldOffset(8)]
    internal int Growth;

    /// <summary>Of a block: the offset of its first byte in the code.</summary>
    [FieldOffset(12)]
    internal int CodeOffset;
}
