namespace Koinon.Evm.Tracing;

/// <summary>The end of a call or creation as tracers hear of it.</summary>
public readonly ref struct FrameEnd(HaltReason halt, long gasUsed, ReadOnlySpan<byte> output)
{
    /// <summary>How it ended.</summary>
    public HaltReason Halt { get; } = halt;

    /// <summary>How it failed, in geth's words; empty where it ended in order.</summary>
    public string Error { get; init; } = "";

    /// <summary>Gas used by the frame and those below it.</summary>
    public long GasUsed { get; } = gasUsed;

    /// <summary>What it returned: data, deployed code, or the reason of a revert. Valid during the call only.</summary>
    public ReadOnlySpan<byte> Output { get; } = output;
}
