using Koinon.Primitives.Blocks;
using Koinon.Primitives.State;

namespace Koinon.Evm;

/// <summary>What became of a bare call, without a transaction around it.</summary>
public sealed class CallOutcome
{
    /// <summary>How its first frame ended.</summary>
    public HaltReason Halt { get; init; }

    /// <summary>The same in geth's words, with the opcode or the stack that was at fault; empty where it ended in
    /// order.</summary>
    public string HaltText { get; init; } = "";

    /// <summary>Whether it ended in order.</summary>
    public bool Succeeded => Halt == HaltReason.None;

    /// <summary>Gas left of what the message brought.</summary>
    public long GasLeft { get; init; }

    /// <summary>Gas used, no refund taken off.</summary>
    public long GasUsed { get; init; }

    /// <summary>Refunds gathered; a transaction would give back a part of them.</summary>
    public long Refund { get; init; }

    /// <summary>What the first frame returned, or why it reverted.</summary>
    public ReadOnlyMemory<byte> ReturnData { get; init; }

    /// <summary>The logs of frames that were not undone.</summary>
    public IReadOnlyList<Log> Logs { get; init; } = [];

    /// <summary>What the call changed.</summary>
    public StateChanges Changes { get; init; } = new();

    /// <summary>What must be fetched before it can run, with <see cref="HaltReason.StateUnavailable"/>.</summary>
    public IReadOnlyList<StateKey> MissingKeys { get; init; } = [];
}
