using Koinon.Chain.Networks;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.State;
using Koinon.State;

namespace Koinon.Chain.Ledger;

/// <summary>A block that was executed and found valid, with what came of it.</summary>
/// <remarks>
/// Safe from any thread. A block that is not canonical is a layer over its parent and holds its changes; one that is
/// lies in the store, and its body, receipts and state are read when they are asked for. Two objects of one hash are
/// equal.
/// </remarks>
public sealed class LedgerBlock : IEquatable<LedgerBlock>
{
    private readonly StoredBody? _stored;
    private readonly BlockHeader? _header;
    private Block? _block;
    private IReadOnlyList<Receipt>? _receipts;
    private WorldState? _state;
    private StateChanges? _changes;
    private Ledger? _ledger;

    /// <summary>A block to be filled by its initialiser: it was just executed, and no ledger has it.</summary>
    public LedgerBlock()
    {
    }

    /// <summary>A canonical block as a store holds it.</summary>
    internal LedgerBlock(Ledger ledger, BlockHeader header, StoredBody stored)
    {
        _ledger = ledger;
        _header = header;
        _stored = stored;
    }

    /// <summary>The block.</summary>
    public required Block Block
    {
        get => Volatile.Read(ref _block) ?? Keep(ref _block, _stored!.DecodeBlock());
        init => _block = value;
    }

    /// <summary>The header with its hash and author.</summary>
    public required SealedHeader Sealed { get; init; }

    /// <summary>The rules that it follows.</summary>
    public required ActiveRules Rules { get; init; }

    /// <summary>Difficulty of the chain up to and with this block.</summary>
    public required UInt256 TotalDifficulty { get; init; }

    /// <summary>What became of its transactions, in their order.</summary>
    public required IReadOnlyList<Receipt> Receipts
    {
        get => Volatile.Read(ref _receipts) ?? Keep(ref _receipts, _stored!.DecodeReceipts());
        init => _receipts = value;
    }

    /// <summary>
    /// Its requests to the consensus layer (EIP-7685); <see langword="null"/> where its fork has none, and for a block
    /// that was read from the store.
    /// </summary>
    public ExecutionRequests? Requests { get; init; }

    /// <summary>The state after it; <see langword="null"/> where it is no longer kept.</summary>
    /// <remarks>Ask once and keep what comes: the answer may change as the chain moves on.</remarks>
    public required WorldState? State
    {
        get => Volatile.Read(ref _state) ?? Volatile.Read(ref _ledger)?.StateOf(this);
        init => _state = value;
    }

    /// <summary>
    /// What it changed in its parent's state, while it is a layer; <see langword="null"/> once it is canonical.
    /// </summary>
    public StateChanges? Changes
    {
        get => Volatile.Read(ref _changes);
        init => _changes = value;
    }

    /// <summary>The header.</summary>
    public BlockHeader Header => _header ?? Block.Header;

    /// <summary>The hash by which it is known.</summary>
    public Hash256 Hash => Sealed.Hash;

    /// <summary>Its number.</summary>
    public ulong Number => Header.Number;

    /// <summary>Length of its encoding in bytes.</summary>
    public int Size => _stored?.Size ?? Block.Size;

    /// <summary>About how much memory it takes, in bytes: its encoding and what is decoded from it.</summary>
    internal long Weight => _stored?.Weight ?? 1_024 + 4L * Block.Size;

    /// <summary>Whether two objects stand for one block.</summary>
    public static bool operator ==(LedgerBlock? left, LedgerBlock? right) =>
        left is null ? right is null : left.Equals(right);

    /// <summary>Whether two objects stand for different blocks.</summary>
    public static bool operator !=(LedgerBlock? left, LedgerBlock? right) => !(left == right);

    /// <inheritdoc/>
    public bool Equals(LedgerBlock? other) =>
        other is not null && (ReferenceEquals(this, other) || Hash == other.Hash);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LedgerBlock);

    /// <inheritdoc/>
    public override int GetHashCode() => Hash.GetHashCode();

    /// <summary>Becomes canonical: its state is the store's from now on.</summary>
    internal void Settle(Ledger ledger)
    {
        Volatile.Write(ref _ledger, ledger);
        Volatile.Write(ref _changes, null);
        Volatile.Write(ref _state, null);
    }

    /// <summary>Becomes a layer: of a ledger that found it valid, or again after it was canonical.</summary>
    internal void Unsettle(Ledger ledger, StateChanges changes)
    {
        Volatile.Write(ref _changes, changes);
        Volatile.Write(ref _ledger, ledger);
    }

    /// <summary>Keeps the state of a layer, as long as what lies below it stands.</summary>
    internal void KeepState(WorldState? state) => Volatile.Write(ref _state, state);

    // Threads that race decode the same; the first result stays, so that all see the same objects.
    private static T Keep<T>(ref T? field, T decoded)
        where T : class => Interlocked.CompareExchange(ref field, decoded, null) ?? decoded;
}
