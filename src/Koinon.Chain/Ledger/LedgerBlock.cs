using Koinon.Chain.Networks;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.State;

namespace Koinon.Chain.Ledger;

/// <summary>A block that was executed and found valid, with what came of it: a layer over its parent.</summary>
/// <remarks>
/// Safe from any thread. All but <see cref="State"/> never changes; the state of an old block is given up when the
/// ledger's bound is reached.
/// </remarks>
public sealed class LedgerBlock
{
    private WorldState? _state;

    /// <summary>The block.</summary>
    public required Block Block { get; init; }

    /// <summary>The header with its hash and author.</summary>
    public required SealedHeader Sealed { get; init; }

    /// <summary>The rules that it follows.</summary>
    public required ActiveRules Rules { get; init; }

    /// <summary>Difficulty of the chain up to and with this block.</summary>
    public required UInt256 TotalDifficulty { get; init; }

    /// <summary>What became of its transactions, in their order.</summary>
    public required IReadOnlyList<Receipt> Receipts { get; init; }

    /// <summary>
    /// Its requests to the consensus layer; <see langword="null"/> where its fork has none (EIP-7685).
    /// </summary>
    public ExecutionRequests? Requests { get; init; }

    /// <summary>The state after it; <see langword="null"/> where it is no longer kept.</summary>
    public required WorldState? State
    {
        get => Volatile.Read(ref _state);
        init => _state = value;
    }

    /// <summary>The header.</summary>
    public BlockHeader Header => Block.Header;

    /// <summary>The hash by which it is known.</summary>
    public Hash256 Hash => Sealed.Hash;

    /// <summary>Its number.</summary>
    public ulong Number => Block.Header.Number;

    /// <summary>Gives up the state.</summary>
    internal void DropState() => Volatile.Write(ref _state, null);
}
