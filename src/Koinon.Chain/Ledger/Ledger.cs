using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Koinon.Chain.Networks;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.State;
using Koinon.State;
using Koinon.State.Stored;
using Koinon.Storage;

namespace Koinon.Chain.Ledger;

/// <summary>The blocks of one chain, on all their branches, and which of them are canonical.</summary>
/// <remarks>
/// <para>Any thread may read and import. The canonical chain, with its states, lies in a store; blocks beside it are
/// layers in memory. Only moving the head (and a development chain's edits) writes: body, receipts, look-ups, log
/// index, state and history in one transaction, committed before the move is announced. A store that is opened again
/// stands on the newest move that was committed.</para>
/// <para>Blocks are executed outside of every lock. One writer at a time moves the head; readers never wait for it, and
/// a view never shows half a block.</para>
/// <para>Before the merge the head is the block of the greatest total difficulty, the first seen of equals. After it
/// the head moves by <see cref="SetHead"/> and <see cref="TryCommit(LedgerBlock)"/> alone.</para>
/// </remarks>
public sealed partial class Ledger : IBlockSource, IDisposable
{
    /// <summary>How often a block is executed again whose state was moved away under it.</summary>
    private const int ExecutionsMax = 3;

    private const long CacheBytes = 32L * 1024 * 1024;
    private const long CacheBytesInMemory = 4L * 1024 * 1024;

    // Guards what is held in memory; taken for look-ups and never while a block runs or a handler is called.
    private readonly Lock _gate = new();

    // Orders writers, so that announcements go out in the order of the moves. Taken before the gate.
    private readonly Lock _writer = new();

    private readonly IStore _store;
    private readonly bool _ownsStore;
    private readonly StateStore _states;
    private readonly BlockTables _tables;
    private readonly BlockCache _cache;
    private readonly LayerSet _layers = new();
    private readonly LedgerOptions _options;
    private readonly BlockExecutor _executor;
    private readonly IConsensus _consensus;
    private readonly Queue<HeadChange> _changes = [];
    private readonly List<LedgerEdit> _edits = [];
    private readonly MarkedPlaces _places = new();
    private long _lastEdit;
    private Hash256 _marked;

    // A new list for each change, so that a handler may subscribe or leave while it is called.
    private ImmutableList<Action<HeadChange>> _handlers = [];

    private ulong _sequence;
    private ulong _oldestBlock;

    // Even while what is in memory agrees with the store, odd from before a commit until memory has followed it. What
    // was read from the store is kept only if none began or ended meanwhile.
    private ulong _turn;
    private long _changesWeight;
    private LedgerBlock _head;
    private LedgerBlock? _safe;
    private LedgerBlock? _finalized;

    /// <summary>A ledger in memory that holds the genesis alone.</summary>
    /// <param name="genesis">Where the chain begins.</param>
    /// <param name="consensus">What says who may seal.</param>
    /// <param name="resources">Arenas and code cache, shared with other ledgers.</param>
    /// <param name="options">What is kept; the defaults where it is left out.</param>
    public Ledger(Genesis genesis, IConsensus consensus, ExecutionResources resources, LedgerOptions? options = null)
        : this(genesis, consensus, resources, new MemoryStore(LedgerTables.All), ownsStore: true, options)
    {
    }

    /// <summary>The ledger that a store holds, or a new one where it is empty.</summary>
    /// <param name="genesis">Where the chain begins.</param>
    /// <param name="consensus">What says who may seal.</param>
    /// <param name="resources">Arenas and code cache, shared with other ledgers.</param>
    /// <param name="store">
    /// Opened with <see cref="LedgerTables.All"/>; the ledger is its only writer from now on.
    /// </param>
    /// <param name="ownsStore">Whether the store ends with the ledger.</param>
    /// <param name="options">What is kept; the defaults where it is left out.</param>
    /// <exception cref="LedgerException">The store holds another chain, or is of another form, or damaged.</exception>
    /// <exception cref="StoreException">The store cannot be read or written.</exception>
    public Ledger(
        Genesis genesis,
        IConsensus consensus,
        ExecutionResources resources,
        IStore store,
        bool ownsStore,
        LedgerOptions? options = null)
    {
        Genesis = genesis;
        _consensus = consensus;
        _options = options ?? new LedgerOptions();
        _executor = new BlockExecutor(genesis.Schedule, consensus, resources);
        _store = store;
        _ownsStore = ownsStore;
        _tables = new BlockTables(this, genesis.Schedule);
        _cache = new BlockCache(
            _options.CacheBytesMax ?? (store.KeepsSnapshots ? CacheBytesInMemory : CacheBytes));
        _states = new StateStore(store, new StateStoreOptions
        {
            HistoryBlocks = _options.StateDepth,
            ProofBlocks = _options.ProofDepth,
            Beneath = _options.Beneath,
        });
        GenesisBlock = _head = ReadGenesis();
        Hash256 hash = GenesisBlock.Hash;
        bool isThere;
        using (IReadTransaction transaction = store.BeginRead())
        {
            isThere = LedgerRecord.HasIdentity(transaction, hash);
        }

        if (isThere)
        {
            Resume();
        }
        else
        {
            Begin();
        }

        _cache.Add(_head);
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

    /// <summary>The blocks that were refused last.</summary>
    public RefusedBlocks Refused { get; } = new();

    /// <summary>The last canonical block.</summary>
    public LedgerBlock Head => Volatile.Read(ref _head);

    /// <summary>The block that consensus holds for safe; <see langword="null"/> until it named one.</summary>
    public LedgerBlock? Safe => Volatile.Read(ref _safe);

    /// <summary>The block that consensus will never give up; <see langword="null"/> until it named one.</summary>
    public LedgerBlock? Finalized => Volatile.Read(ref _finalized);

    /// <summary>How many moves of the head and edits there were: it changes with whatever <c>latest</c> shows.
    /// </summary>
    public ulong Sequence => Volatile.Read(ref _sequence);

    /// <summary>Where it lies.</summary>
    internal IStore Store => _store;

    /// <summary>The states of canonical blocks.</summary>
    internal StateStore States => _states;

    /// <summary>The oldest block whose state is kept.</summary>
    public ulong OldestStateKept => _states.OldestState;

    /// <summary>The oldest block of which proofs can be made.</summary>
    public ulong OldestProofKept => _states.OldestProof;

    /// <summary>The oldest block whose body, receipts and logs are kept, the genesis apart.</summary>
    public ulong OldestBlockKept => Volatile.Read(ref _oldestBlock);

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

        // A reorganisation may take the parent's state away while the block runs; then it has another.
        BlockResult result = _executor.Execute(block, parent, this);
        for (int i = 1; i < ExecutionsMax && result.Verdict.Error == BlockError.StateUnavailable; i++)
        {
            result = _executor.Execute(block, parent, this);
        }

        if (result.Block is { } layer)
        {
            return new BlockImport(result.Verdict, Keep(layer));
        }

        Refused.Note(new RefusedBlock(block, hash, result.Verdict));
        return new BlockImport(result.Verdict, null);
    }

    /// <inheritdoc/>
    public bool TryGet(in Hash256 hash, [NotNullWhen(true)] out LedgerBlock? block)
    {
        ulong turn;
        lock (_gate)
        {
            if (_cache.TryGet(hash, out block) || _layers.TryGet(hash, out block))
            {
                return true;
            }

            turn = _turn;
        }

        if (GenesisBlock.Hash == hash)
        {
            block = GenesisBlock;
            return true;
        }

        using IReadTransaction transaction = _store.BeginRead();
        block = BlockTables.ReadNumber(transaction, hash) is { } number ? Read(transaction, number, turn) : null;
        return block is not null;
    }

    /// <summary>Finds the canonical block of a number.</summary>
    public bool TryGet(ulong number, [NotNullWhen(true)] out LedgerBlock? block)
    {
        LedgerBlock head = Head;
        if (number >= head.Number)
        {
            block = number == head.Number ? head : null;
            return block is not null;
        }

        if (number == GenesisBlock.Number)
        {
            block = GenesisBlock;
            return true;
        }

        ulong turn;
        lock (_gate)
        {
            if (_cache.TryGet(number, out block))
            {
                return true;
            }

            turn = _turn;
        }

        using IReadTransaction transaction = _store.BeginRead();
        block = Read(transaction, number, turn);
        return block is not null;
    }

    /// <summary>Finds a transaction of the canonical chain.</summary>
    public bool TryGetTransaction(in Hash256 hash, out LedgerTransaction transaction)
    {
        (ulong Number, int Index)? place;
        using (IReadTransaction snapshot = _store.BeginRead())
        {
            place = BlockTables.ReadTransaction(snapshot, hash);
        }

        // The block is looked up as it is now: a move of the head in between may have taken it away.
        bool isThere = place is { } found
            && TryGet(found.Number, out LedgerBlock? block)
            && found.Index < block.Block.Transactions.Count
            && block.Block.Transactions[found.Index].Hash == hash;
        transaction = isThere && TryGet(place!.Value.Number, out block)
            ? new LedgerTransaction(block, place.Value.Index)
            : default;
        return isThere;
    }

    /// <summary>What leads from the state of the canonical block before to a block's own, edits included.</summary>
    /// <param name="number">The block; above <see cref="OldestStateKept"/>.</param>
    public StateChanges ChangesOf(ulong number) => _states.ChangesOf(number);

    /// <summary>Finds the address or the slot behind a hash.</summary>
    /// <param name="hash">Its Keccak-256.</param>
    /// <returns>20 bytes for an address, 32 for a slot; <see langword="null"/> where none was ever stored.</returns>
    public ReadOnlyMemory<byte>? FindPreimage(in Hash256 hash) => _states.FindPreimage(hash);

    /// <summary>Begins a search for logs of the canonical chain.</summary>
    public LogSearch FindLogs(LogQuery query) => new(_store, _tables, query);

    /// <inheritdoc/>
    /// <remarks>Waits for a move of the head that is on its way; nothing may be asked afterwards.</remarks>
    public void Dispose()
    {
        lock (_writer)
        {
            if (_ownsStore)
            {
                _store.Dispose();
            }
        }
    }

    /// <summary>The state after a block, by whatever way it is known now.</summary>
    internal WorldState? StateOf(LedgerBlock block)
    {
        if (block.Changes is not { } changes)
        {
            // Whether the number is still the block's is looked at afterwards: a move in between is seen then.
            WorldState? stored = _states.At(block.Number);
            using IReadTransaction transaction = _store.BeginRead();
            return BlockTables.ReadHash(transaction, block.Number) == block.Hash ? stored : null;
        }

        WorldState? state = TryGet(block.Header.ParentHash, out LedgerBlock? parent)
            ? parent.State?.Apply(changes)
            : null;
        block.KeepState(state);
        return state;
    }

    /// <summary>Reads a canonical block, and keeps it at hand unless something is or was written meanwhile.</summary>
    private LedgerBlock? Read(IReadTransaction transaction, ulong number, ulong turn)
    {
        LedgerBlock? block = _tables.Read(transaction, number);
        if (block is not null)
        {
            lock (_gate)
            {
                if (turn == _turn && ulong.IsEvenInteger(turn))
                {
                    _cache.Add(block);
                }
            }
        }

        return block;
    }

    private LedgerBlock ReadGenesis()
    {
        BlockHeader header = Genesis.Block.Header;
        LedgerBlock genesis = new()
        {
            Block = Genesis.Block,
            Sealed = new SealedHeader(header, Genesis.BlockHash ?? _consensus.HashOf(header), header.Beneficiary),
            Rules = Genesis.Rules,
            TotalDifficulty = header.Difficulty,
            Receipts = [],
            State = null,
        };
        genesis.Settle(this);
        return genesis;
    }
}
