using Koinon.Evm.Frames;
using Koinon.Primitives;

namespace Koinon.Evm.Tracing;

/// <summary>A call or creation as tracers hear of it.</summary>
public readonly record struct FrameStart
{
    /// <summary>How the frame came to be.</summary>
    public FrameKind Kind { get; init; }

    /// <summary>The account that calls.</summary>
    public Address From { get; init; }

    /// <summary>The account called or made; for DELEGATECALL and CALLCODE the account whose code runs.</summary>
    public Address To { get; init; }

    /// <summary>Wei sent; for DELEGATECALL the caller's own.</summary>
    public UInt256 Value { get; init; }

    /// <summary>Gas given, a stipend included.</summary>
    public long Gas { get; init; }

    /// <summary>The call's data or the initialisation code.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>0 for the transaction's own frame.</summary>
    public int Depth { get; init; }

    /// <summary>How a call ended that made no frame of its own.</summary>
    internal HaltReason Halt { get; init; }

    /// <summary>What such a call used.</summary>
    internal long GasUsed { get; init; }
}
