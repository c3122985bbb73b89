using Koinon.Primitives;

namespace Koinon.Evm;

/// <summary>A call as it reaches the machine: the transaction around it is dealt with elsewhere.</summary>
public sealed record Message
{
    /// <summary>Who calls.</summary>
    public Address Caller { get; init; }

    /// <summary>Who is called.</summary>
    public Address Target { get; init; }

    /// <summary>The call's data; of a creation the initialisation code.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>Wei sent along.</summary>
    public UInt256 Value { get; init; }

    /// <summary>Gas for the frame; no intrinsic cost is taken from it.</summary>
    public long Gas { get; init; }

    /// <summary>What ORIGIN says.</summary>
    public Address Origin { get; init; }

    /// <summary>What GASPRICE says, in wei.</summary>
    public UInt256 GasPrice { get; init; }

    /// <summary>Whether effects are forbidden (EIP-214).</summary>
    public bool IsStatic { get; init; }

    /// <summary>Whether the value is taken from the caller and given to the target before the code runs.</summary>
    public bool MovesValue { get; init; } = true;
}
