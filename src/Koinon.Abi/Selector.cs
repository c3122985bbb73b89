using System.Buffers.Binary;
using System.Text;
using Koinon.Primitives;

namespace Koinon.Abi;

/// <summary>The four bytes before call data or an error's data, which say what is meant.</summary>
/// <param name="Value">The bytes as a big-endian number.</param>
public readonly record struct Selector(uint Value)
{
    /// <summary>Length in bytes.</summary>
    public const int Size = sizeof(uint);

    /// <summary>The selector of a canonical signature: <c>transfer(address,uint256)</c>.</summary>
    public static Selector Of(string canonicalSignature)
    {
        Hash256 hash = Hash256.Keccak(Encoding.UTF8.GetBytes(canonicalSignature));
        return new Selector(BinaryPrimitives.ReadUInt32BigEndian(Hash256.AsSpan(in hash)));
    }

    /// <summary>Reads the selector that data begins with.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out Selector selector)
    {
        bool ok = BinaryPrimitives.TryReadUInt32BigEndian(data, out uint value);
        selector = new Selector(value);
        return ok;
    }

    /// <summary>Writes the four bytes.</summary>
    /// <param name="destination">At least 4 bytes.</param>
    public void CopyTo(Span<byte> destination) => BinaryPrimitives.WriteUInt32BigEndian(destination, Value);

    /// <summary>The selector as <c>0x</c> and 8 digits.</summary>
    public override string ToString() => $"0x{Value:x8}";
}
