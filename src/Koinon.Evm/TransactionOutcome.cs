using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;

namespace Koinon.Evm;

/// <summary>What became of a transaction: either why it may not be executed, or everything that it did.</summary>
public sealed class TransactionOutcome
{
    /// <summary>Why it may not be executed; then nothing else here is set.</summary>
    public TransactionError Error { get; init; }

    /// <summary>What was found and what would be right, where there is an error.</summary>
    public string? Detail { get; init; }

    /// <summary>How its first frame ended.</summary>
    public HaltReason Halt { get; init; }

    /// <summary>The same in geth's words, with the opcode or the stack that was at fault; empty where it ended in
    /// order.</summary>
    public string HaltText { get; init; } = "";

    /// <summary>Whether the first frame ended in order: the receipt's status.</summary>
    public bool Succeeded => Error == TransactionError.None && Halt == HaltReason.None;

    /// <summary>Gas used, refunds taken off.</summary>
    public ulong GasUsed { get; init; }

    /// <summary>Gas given back for cleared storage and the like.</summary>
    public ulong GasRefunded { get; init; }

    /// <summary>Gas used before refunds, at least the floor of its data: the least limit it may succeed with.</summary>
    public ulong GasPeak { get; init; }

    /// <summary>Blob gas used (EIP-4844).</summary>
    public ulong BlobGasUsed { get; init; }

    /// <summary>Wei paid for a unit of gas.</summary>
    public UInt256 EffectiveGasPrice { get; init; }

    /// <summary>The logs of frames that were not undone.</summary>
    public IReadOnlyList<Log> Logs { get; init; } = [];

    /// <summary>What the first frame returned, or why it reverted.</summary>
    public ReadOnlyMemory<byte> ReturnData { get; init; }

    /// <summary>Where the contract stands, if the transaction was to make one.</summary>
    public Address? CreatedAddress { get; init; }

    /// <summary>What the transaction changed, fees included.</summary>
    public StateChanges Changes { get; init; } = new();

    /// <summary>What must be fetched before it can run, with <see cref="TransactionError.StateUnavailable"/>.</summary>
    public IReadOnlyList<StateKey> MissingKeys { get; init; } = [];
}
