using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Koinon.Chain.Networks;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Chain.Ledger;

/// <summary>The blocks of one chain, on all their branches, and which of them are canonical.</summary>
/// <remarks>
/// <para>Any thread may read and import. Blocks are executed outside of every lock; what is locked is short: putting a
/// valid block beside its parent and moving the head. A block never changes once it is here.</para>
/// <para>Before the merge the head is the block of the greatest total difficulty, the first seen of equals. After it
/// the head moves by <see cref="SetHead"/> alone.</para>
/// </remarks>
public sealed class Ledger : IBlockSource
{
    // Guards what the ledger holds; taken for look-ups and never while a block runs or a handler is called.
    private readonly Lock _gate = new();

    // Orders writers, so that announcements go out in the order of the moves. Taken before the gate.
    private readonly Lock _writer = new();

    private readonly LedgerBlocks _blocks;
    private readonly LedgerOptions _options;
    private readonly BlockExecutor _executor;
    private readonly IConsensus _consensus;
    private readonly Queue<HeadChange> _changes = [];

    // A new list for each change, so that a handler may subscribe or leave while it is called.
    private ImmutableList<Action<HeadChange>> _handlers = [];

    private ulong _sequence;
    private LedgerBlock _head;
    private LedgerBlock? _safe;
    private LedgerBlock? _finalized;

    /// <summary>A ledger that holds the genesis alone.</summary>
    /// <param name="genesis">Where the chain begins.</param>
    /// <param name="consensus">What says who may seal.</param>
    /// <param name="resources">Arenas and code cache, shared with other ledgers.</param>
    /// <param name="options">The bounds; the defaults where it is left out.</param>
    public Ledger(Genesis genesis, IConsensus consensus, ExecutionResources resources, LedgerOptions? options = null)
    {
        Genesis = genesis;
        _consensus = consensus;
        _options = options ?? new LedgerOptions();
        _executor = new BlockExecutor(genesis.Schedule, consensus, resources);
        BlockHeader header = genesis.Block.Header;
        _head = new LedgerBlock
        {
            Block = genesis.Block,
            Sealed = new SealedHeader(header, consensus.HashOf(header), header.Beneficiary),
            Rules = genesis.Rules,
            TotalDifficulty = header.Difficulty,
            Receipts = [],
            State = genesis.State,
        };
        _blocks = new LedgerBlocks(_head);
        GenesisBlock = _head;
    }

    /// <summary>Where the chain begins.</summary>
    public Genesis Genesis { get; }

    /// <summary>The first block.</summary>
    public LedgerBlock GenesisBlock { get; }

    /// <summary>Which rules the chain's blocks follow.</summary>
    public NetworkSchedule Schedule => Genesis.Schedule;

    /// <summary>What says who may seal.</summary>
    public IConsensus Consensus => _consensus;

    /// <summary>Executes blocks and transactions.</summary>
    public BlockExecutor Executor => _executor;

    /// <summary>The last canonical block.</summary>
    public LedgerBlock Head => Volatile.Read(ref _head);

    /// <summary>The block that consensus holds for safe; <see langword="null"/> until it named one.</summary>
    public LedgerBlock? Safe => Volatile.Read(ref _safe);

    /// <summary>The block that consensus will never give up; <see langword="null"/> until it named one.</summary>
    public LedgerBlock? Finalized => Volatile.Read(ref _finalized);

    /// <summary>The rules that a block on top of another follows, if it comes at once.</summary>
    public ActiveRules RulesAfter(LedgerBlock parent)
    {
        ulong time = parent.Header.Timestamp == ulong.MaxValue ? ulong.MaxValue : parent.Header.Timestamp + 1;
        return Schedule.At(parent.Number + 1, time, parent.TotalDifficulty);
    }

    /// <summary>Validates, executes and keeps a block; moves the head where total difficulty says so.</summary>
    /// <param name="rlp">The block's encoding; kept by what is decoded from it.</param>
    public BlockImport Import(ReadOnlyMemory<byte> rlp) =>
        Block.TryDecode(rlp, out Block? block, out BlockDecodeError error)
            ? Import(block)
            : new BlockImport(BlockDecoding.VerdictOf(error), null);

    /// <summary>Validates, executes and keeps a block; moves the head where total difficulty says so.</summary>
    public BlockImport Import(Block block)
    {
        Hash256 hash = _consensus.HashOf(block.Header);
        if (TryGet(hash, out LedgerBlock? known))
        {
            return new BlockImport(BlockVerdict.Valid, known);
        }

        if (!TryGet(block.Header.ParentHash, out LedgerBlock? parent))
        {
            BlockError error = block.Header.ParentHash.IsZero ? BlockError.ParentZero : BlockError.ParentUnknown;
            return new BlockImport(new BlockVerdict(error, $"parent {block.Header.ParentHash}"), null);
        }

        BlockResult result = _executor.Execute(block, parent, this);
        return result.Block is { } layer
            ? new BlockImport(result.Verdict, Keep(layer))
            : new BlockImport(result.Verdict, null);
    }

    /// <summary>Keeps a block that was built on this ledger, and moves the head to it.</summary>
    /// <param name="built">The block with what its execution gave.</param>
    /// <returns>Whether the block now is the head; false where the head is no longer its parent.</returns>
    public bool TryCommit(LedgerBlock built)
    {
        lock (_writer)
        {
            if (Head.Hash != built.Header.ParentHash)
            {
                return false;
            }

            lock (_gate)
            {
                _blocks.Add(built);
            }

            return TryMoveHead(built);
        }
    }

    /// <summary>Moves the head where consensus says, and notes the safe and the finalized block.</summary>
    /// <param name="head">The new head: any block of the ledger.</param>
    /// <param name="safe">The safe block, at or before the head; zero where there is none.</param>
    /// <param name="finalized">The finalized block, at or before the head; zero where there is none.</param>
    /// <returns>Why nothing was moved, if so.</returns>
    public HeadError SetHead(in Hash256 head, in Hash256 safe, in Hash256 finalized)
    {
        lock (_writer)
        {
            if (!TryGet(head, out LedgerBlock? block))
            {
                return HeadError.HeadUnknown;
            }

            if (!TryFindAncestor(block, safe, out LedgerBlock? safeBlock))
            {
                return HeadError.SafeNotAncestor;
            }

            if (!TryFindAncestor(block, finalized, out LedgerBlock? finalizedBlock))
            {
                return HeadError.FinalizedNotAncestor;
            }

            if (!TryMoveHead(block))
            {
                return HeadError.HeadUnknown;
            }

            Volatile.Write(ref _safe, safeBlock);
            Volatile.Write(ref _finalized, finalizedBlock);
            return HeadError.None;
        }
    }

    /// <inheritdoc/>
    public bool TryGet(in Hash256 hash, [NotNullWhen(true)] out LedgerBlock? block)
    {
        lock (_gate)
        {
            return _blocks.TryGet(hash, out block);
        }
    }

    /// <summary>Finds the canonical block of a number.</summary>
    public bool TryGet(ulong number, [NotNullWhen(true)] out LedgerBlock? block)
    {
        lock (_gate)
        {
            return _blocks.TryGetCanonical(number, out block);
        }
    }

    /// <summary>Whether a block stands in the canonical chain.</summary>
    public bool IsCanonical(LedgerBlock block) => TryGet(block.Number, out LedgerBlock? other) && other == block;

    /// <summary>Finds a transaction of the canonical chain.</summary>
    public bool TryGetTransaction(in Hash256 hash, out LedgerTransaction transaction)
    {
        lock (_gate)
        {
            return _blocks.TryGetTransaction(hash, out transaction);
        }
    }

    /// <summary>Announces every later move of the head, in order.</summary>
    /// <param name="handler">
    /// Called by the thread that moves the head, before the next move: it must be quick and must not write to the
    /// ledger.
    /// </param>
    /// <returns>Ends the subscription when disposed.</returns>
    public IDisposable Subscribe(Action<HeadChange> handler)
    {
        lock (_writer)
        {
            _handlers = _handlers.Add(handler);
        }

        return new Subscription(this, handler);
    }

    /// <summary>The moves after one that is known, for those who resume.</summary>
    /// <param name="sequence">The last move that the caller saw; 0 for none.</param>
    /// <param name="changes">The moves after it, in order.</param>
    /// <returns>Whether all of them are still kept.</returns>
    public bool TryGetChangesAfter(ulong sequence, out IReadOnlyList<HeadChange> changes)
    {
        lock (_gate)
        {
            List<HeadChange> after = [];
            foreach (HeadChange change in _changes)
            {
                if (change.Sequence > sequence)
                {
                    after.Add(change);
                }
            }

            changes = after;
            return sequence + (ulong)after.Count == _sequence;
        }
    }

    /// <summary>Keeps a layer, and moves the head to it where it is heavier (before the merge).</summary>
    private LedgerBlock Keep(LedgerBlock layer)
    {
        lock (_writer)
        {
            lock (_gate)
            {
                if (_blocks.TryGet(layer.Hash, out LedgerBlock? known))
                {
                    return known;
                }

                _blocks.Add(layer);
            }

            bool isByWork = !layer.Rules.Rules.IsMerged && !Head.Rules.Rules.IsMerged;
            if (isByWork && layer.TotalDifficulty > Head.TotalDifficulty)
            {
                TryMoveHead(layer);
            }
        }

        return layer;
    }

    /// <summary>Moves the head and announces it; the writer's lock is held.</summary>
    /// <returns>Whether the head stands there now: not where the lower part of its branch was given up.</returns>
    private bool TryMoveHead(LedgerBlock head)
    {
        if (head == Head)
        {
            return true;
        }

        HeadChange? change;
        lock (_gate)
        {
            if (!_blocks.TryMoveTo(head, Head, _sequence + 1, out change))
            {
                return false;
            }

            _sequence = change.Sequence;
            Volatile.Write(ref _head, head);
            _changes.Enqueue(change);
            while (_changes.Count > _options.HeadChangesKept)
            {
                _changes.Dequeue();
            }

            _blocks.Prune(head.Number, _options);
        }

        foreach (Action<HeadChange> handler in _handlers)
        {
            handler(change);
        }

        return true;
    }

    /// <summary>Finds a block at or before another; a hash of zero finds none, and that is no fault.</summary>
    private bool TryFindAncestor(LedgerBlock from, in Hash256 hash, out LedgerBlock? ancestor)
    {
        ancestor = null;
        if (hash.IsZero)
        {
            return true;
        }

        lock (_gate)
        {
            return _blocks.TryGet(hash, out ancestor) && _blocks.IsAncestor(ancestor, from);
        }
    }

    private void Unsubscribe(Action<HeadChange> handler)
    {
        lock (_writer)
        {
            _handlers = _handlers.Remove(handler);
        }
    }

    private sealed class Subscription(Ledger ledger, Action<HeadChange> handler) : IDisposable
    {
        public void Dispose() => ledger.Unsubscribe(handler);
    }
}
