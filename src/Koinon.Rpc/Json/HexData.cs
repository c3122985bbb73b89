namespace Koinon.Rpc.Json;

/// <summary>Bytes on the wire: <c>0x</c> and two hex digits a byte.</summary>
/// <param name="Bytes">The bytes; none gives <c>0x</c>.</param>
public readonly record struct HexData(ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Bytes.</summary>
    public static implicit operator HexData(ReadOnlyMemory<byte> bytes) => new(bytes);

    /// <summary>Bytes.</summary>
    public static implicit operator HexData(byte[] bytes) => new(bytes);
}
