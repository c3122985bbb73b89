using Koinon.Evm.Instructions;
using Koinon.Primitives;

namespace Koinon.Evm.Tests.Language;

/// <summary>Programs written as expressions: <c>Push(2) + Push(40) + Opcode.Add + ReturnTop()</c>.</summary>
public readonly record struct Bytecode(byte[] Bytes)
{
    public static Bytecode Empty => new([]);

    public static implicit operator Bytecode(Opcode opcode) => new([(byte)opcode]);

    public static Bytecode operator +(Bytecode left, Bytecode right) => new([.. left.Bytes, .. right.Bytes]);

    public static Bytecode operator *(int times, Bytecode code) =>
        new([.. Enumerable.Repeat(code.Bytes, times).SelectMany(bytes => bytes)]);

    /// <summary>The shortest PUSH of a value; PUSH1 of zero.</summary>
    public static Bytecode Push(UInt256 value)
    {
        byte[] bytes = new byte[32];
        value.WriteBigEndian(bytes);
        int length = Math.Max(1, value.ByteLength);
        return new Bytecode([(byte)((byte)Opcode.Push0 + length), .. bytes[(32 - length)..]]);
    }

    public static Bytecode Push(string hex) => Push(UInt256.FromBigEndian(Hex.Decode(hex)));

    /// <summary>Returns the top word.</summary>
    public static Bytecode ReturnTop() => Push(0u) + Opcode.MStore + Push(32u) + Push(0u) + Opcode.Return;

    /// <summary>Makes memory hold some bytes from offset 0 and leaves their range: offset on top of length.</summary>
    public static Bytecode Store(byte[] data)
    {
        Bytecode code = Empty;
        for (int i = 0; i < data.Length; i++)
        {
            code += Push(data[i]) + Push((uint)i) + Opcode.MStore8;
        }

        return code;
    }
}
