using Koinon.Evm.Instructions;
using Koinon.Primitives;

namespace Koinon.Evm.Tracing;

/// <summary>One instruction before it runs, as tracers see it. Valid during the call only.</summary>
public readonly ref struct Step
{
    /// <summary>Offset of the instruction in the code.</summary>
    public int ProgramCounter { get; init; }

    /// <summary>The instruction.</summary>
    public Opcode Opcode { get; init; }

    /// <summary>Gas left before it.</summary>
    public long GasLeft { get; init; }

    /// <summary>1 for the transaction's own frame.</summary>
    public int Depth { get; init; }

    /// <summary>The stack, its top last.</summary>
    public ReadOnlySpan<UInt256> Stack { get; init; }

    /// <summary>The frame's memory.</summary>
    public ReadOnlySpan<byte> Memory { get; init; }

    /// <summary>What the last call returned.</summary>
    public ReadOnlySpan<byte> ReturnData { get; init; }

    /// <summary>Refunds gathered so far.</summary>
    public long Refund { get; init; }

    /// <summary>The account whose storage the code works on.</summary>
    public Address Contract { get; init; }
}
