using Koinon.Primitives;

namespace Koinon.Rpc.Json;

/// <summary>A number on the wire: <c>0x</c> and hex digits without leading zeros, <c>0x0</c> for zero.</summary>
/// <param name="Value">The number.</param>
public readonly record struct Quantity(UInt256 Value)
{
    /// <summary>A number of 64 bits.</summary>
    public static implicit operator Quantity(ulong value) => new(value);

    /// <summary>A word.</summary>
    public static implicit operator Quantity(UInt256 value) => new(value);
}
