using Koinon.Chain.Forks;
using Koinon.Chain.Networks;
using Koinon.Evm;
using Koinon.Evm.Tracing;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;
using Koinon.State;

namespace Koinon.Chain;

/// <summary>A block on its way: begun, given its transactions one after another, finished.</summary>
/// <remarks>
/// The same for blocks that are imported and blocks that are built. One owner, one thread. The order of the steps is
/// the protocol's: system calls, transactions, withdrawals and rewards, requests (EIP-7685).
/// </remarks>
public sealed class BlockExecution
{
    private const ulong WeiPerGwei = 1_000_000_000;

    private readonly TransactionExecutor _executor;
    private readonly NetworkParameters _network;
    private readonly ActiveRules _rules;
    private readonly BlockEnvironment _environment;
    private readonly BlockState _state;
    private readonly List<Receipt> _receipts = [];
    private readonly List<StateKey> _missing = [];
    private Bloom _bloom;

    /// <summary>Begins a block: the irregular change of the DAO fork, beacon root and history.</summary>
    /// <param name="executor">Runs the transactions.</param>
    /// <param name="network">The network of the block.</param>
    /// <param name="rules">The rules of the block.</param>
    /// <param name="header">The block's header; no figure that execution gives is read.</param>
    /// <param name="author">Who receives the fees.</param>
    /// <param name="parentState">The state of its parent.</param>
    /// <param name="ancestors">Hashes of the blocks before.</param>
    public BlockExecution(
        TransactionExecutor executor,
        NetworkParameters network,
        ActiveRules rules,
        HeaderDraft header,
        in Address author,
        WorldState parentState,
        Ancestry ancestors)
        : this(
            executor,
            network,
            rules,
            header,
            EnvironmentOf(network, rules, header, author, ancestors),
            parentState,
            edits: null)
    {
    }

    /// <summary>Begins a block of a question, which may differ from what its header and its parent say.</summary>
    /// <param name="executor">Runs the transactions.</param>
    /// <param name="network">The network of the block.</param>
    /// <param name="rules">The rules of the block.</param>
    /// <param name="header">The block's header; no figure that execution gives is read.</param>
    /// <param name="environment">What transactions see of the block.</param>
    /// <param name="parentState">The state of its parent.</param>
    /// <param name="edits">What is different in that state before the block begins, if anything.</param>
    /// <param name="watched">The same state, through which it is read; else it is read itself.</param>
    public BlockExecution(
        TransactionExecutor executor,
        NetworkParameters network,
        ActiveRules rules,
        HeaderDraft header,
        BlockEnvironment environment,
        WorldState parentState,
        StateChanges? edits,
        IStateView? watched = null)
    {
        _executor = executor;
        _network = network;
        _rules = rules;
        _state = new BlockState(parentState, watched);
        _environment = environment;
        if (edits is not null)
        {
            _state.Apply(edits);
        }

        if (network.DaoForkNumber == header.Number)
        {
            _state.Apply(DaoFork.ChangesOn(_state.View));
        }

        CallOptional(rules.Rules.BeaconRootsContract, header.ParentBeaconBlockRoot ?? Hash256.Zero);
        CallOptional(rules.Rules.HistoryContract, header.ParentHash);
    }

    /// <summary>What transactions see of the block.</summary>
    public BlockEnvironment Environment => _environment;

    /// <summary>The state as it stands; valid until the next transaction.</summary>
    public IStateView State => _state.View;

    /// <summary>Whether the block is known and run again: then no receipt states a root, since an old state need not
    /// hold the tries for it.</summary>
    public bool IsReplay { get; init; }

    /// <summary>Hears of what transactions tell a console; <see langword="null"/> where nobody listens.</summary>
    public ICallObserver? Observer { get; init; }

    /// <summary>Gas used so far.</summary>
    public ulong GasUsed { get; private set; }

    /// <summary>Blob gas used so far.</summary>
    public ulong BlobGasUsed { get; private set; }

    /// <summary>What became of the transactions so far.</summary>
    public IReadOnlyList<Receipt> Receipts => _receipts;

    /// <summary>The filter over the logs so far.</summary>
    public Bloom LogsBloom => _bloom;

    /// <summary>The requests, after <see cref="Finish"/>; <see langword="null"/> where the fork has none.</summary>
    public ExecutionRequests? Requests { get; private set; }

    /// <summary>
    /// What the block's own steps could not read; while there is any, the block is not to be had (DESIGN: "Missing
    /// state").
    /// </summary>
    public IReadOnlyList<StateKey> MissingKeys => _missing;

    /// <summary>What a header says of the block in which a transaction or a call is to run.</summary>
    /// <param name="network">The network.</param>
    /// <param name="rules">The rules of the block.</param>
    /// <param name="header">Its header.</param>
    /// <param name="author">Who receives the fees.</param>
    /// <param name="ancestors">Hashes of the blocks before; <see langword="null"/> where none are to be seen.</param>
    public static BlockEnvironment EnvironmentOf(
        NetworkParameters network,
        ActiveRules rules,
        HeaderDraft header,
        in Address author,
        IBlockHashes? ancestors) => new()
        {
            ChainId = network.ChainIdAt(header.Number),
            Number = header.Number,
            Timestamp = header.Timestamp,
            GasLimit = header.GasLimit,
            Beneficiary = author,
            Difficulty = header.Difficulty,
            PrevRandao = header.MixHash,
            BaseFee = header.BaseFeePerGas ?? UInt256.Zero,
            BlobBaseFee = rules.Blobs?.PriceOf(header.ExcessBlobGas ?? 0) ?? UInt256.Zero,
            BlockHashes = ancestors,
        };

    /// <summary>Runs the next transaction; one that may not be executed leaves no trace.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <returns>What came of it; its error says whether it stands in the block now.</returns>
    public TransactionOutcome Execute(Transaction transaction)
    {
        NoTracer tracer = default;
        TransactionOutcome outcome = Run(transaction, ref tracer);
        if (outcome.Error == TransactionError.None)
        {
            Include(transaction, outcome);
        }

        return outcome;
    }

    /// <summary>Runs a transaction as the next one while a tracer listens, and leaves the block as it is.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="tracer">Hears of the run; changes nothing of it.</param>
    /// <param name="cancellation">Ends the run, whose outcome then says <see cref="HaltReason.Cancelled"/>.</param>
    public TransactionOutcome Run<TTracer>(
        Transaction transaction, ref TTracer tracer, CancellationToken cancellation = default)
        where TTracer : struct, ITracer
    {
        TransactionError error = TransactionRules.CheckSignature(
            transaction, _rules.Fork, _environment.ChainId, out Address sender, out string? detail);
        if (error != TransactionError.None)
        {
            return new TransactionOutcome { Error = error, Detail = detail };
        }

        ExecutionLimits limits = new(
            _environment.GasLimit - GasUsed, (_rules.Blobs?.MaximumGas ?? 0) - BlobGasUsed)
        {
            Observer = Observer,
        };
        return _executor.Execute(
            _rules.Fork, _environment, _state.View, transaction, sender, limits, ref tracer, cancellation);
    }

    /// <summary>Runs the next transaction of a question: nobody need have signed it.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="sender">Who sends it.</param>
    /// <param name="limits">What is judged of it, and what the block has left.</param>
    /// <param name="tracer">Hears of the run; changes nothing of it.</param>
    /// <param name="cancellation">Ends the run, whose outcome then says <see cref="HaltReason.Cancelled"/> and leaves
    /// no trace.</param>
    public TransactionOutcome Execute<TTracer>(
        Transaction transaction,
        in Address sender,
        in ExecutionLimits limits,
        ref TTracer tracer,
        CancellationToken cancellation = default)
        where TTracer : struct, ITracer
    {
        TransactionOutcome outcome = _executor.Execute(
            _rules.Fork, _environment, _state.View, transaction, sender, limits, ref tracer, cancellation);
        if (outcome.Error == TransactionError.None && outcome.Halt != HaltReason.Cancelled)
        {
            Include(transaction, outcome);
        }

        return outcome;
    }

    /// <summary>Lets a transaction stand in the block that was run as the next one.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="outcome">What <see cref="Run"/> gave; it was executed, to its end.</param>
    public void Include(Transaction transaction, TransactionOutcome outcome)
    {
        _state.Apply(outcome.Changes);
        GasUsed += outcome.GasUsed;
        BlobGasUsed += outcome.BlobGasUsed;
        bool statesRoot = _rules.Rules.ReceiptOutcome == ReceiptOutcome.StateRoot;
        Receipt receipt = new()
        {
            Type = transaction.Type,
            Succeeded = statesRoot ? null : outcome.Succeeded,
            PostStateRoot = statesRoot && !IsReplay ? _state.Commit().Root : null,
            CumulativeGasUsed = GasUsed,
            Bloom = Receipt.BloomOf(outcome.Logs),
            Logs = outcome.Logs,
        };
        _receipts.Add(receipt);
        Bloom bloom = receipt.Bloom;
        _bloom.Or(in bloom);
    }

    /// <summary>Ends the block: withdrawals, rewards, requests.</summary>
    /// <param name="withdrawals">Its withdrawals, if its fork has any.</param>
    /// <param name="rewards">What consensus credits.</param>
    public BlockVerdict Finish(IReadOnlyList<Withdrawal>? withdrawals, IReadOnlyList<BalanceCredit> rewards)
    {
        foreach (Withdrawal withdrawal in withdrawals ?? [])
        {
            UInt256 wei = (UInt128)withdrawal.Amount * WeiPerGwei;
            Credit(new BalanceCredit(withdrawal.Address, wei));
        }

        foreach (BalanceCredit reward in rewards)
        {
            Credit(reward);
        }

        BlockVerdict verdict = _rules.Rules.Requests is { } sources ? CollectRequests(sources) : BlockVerdict.Valid;
        return _missing.Count == 0
            ? verdict
            : new BlockVerdict(BlockError.StateUnavailable, $"{_missing[0]} of the parent's state is not known here");
    }

    /// <summary>The state after the block.</summary>
    /// <param name="changes">What the block changed in its parent's state.</param>
    public WorldState Commit(out StateChanges changes)
    {
        WorldState state = _state.Commit();
        changes = _state.Committed;
        return state;
    }

    /// <summary>Calls a system contract whose absence or failure the block survives (EIP-4788, EIP-2935).</summary>
    /// <remarks>
    /// These contracts write slots without reading them, others in each block: over a remote state what they overwrite
    /// need not be fetched.
    /// </remarks>
    private void CallOptional(Address? contract, in Hash256 input)
    {
        if (contract is { } address && HasCode(address))
        {
            IStateView view = new UnreadSlots(_state.View, address);
            _state.Apply(CallSystem(view, address, Hash256.AsSpan(in input).ToArray()).Changes);
        }
    }

    private void Credit(in BalanceCredit credit)
    {
        if (!_state.TryCredit(credit, _rules.Fork.EmptyAccounts))
        {
            _missing.Add(new StateKey(credit.Address, null, null));
        }
    }

    private BlockVerdict CollectRequests(IReadOnlyList<RequestSource> sources)
    {
        List<ExecutionRequest> requests = new(sources.Count);
        foreach (RequestSource source in sources)
        {
            BlockVerdict verdict = source.Contract is { } contract
                ? CallForRequests(contract, out ReadOnlyMemory<byte> data)
                : ReadDeposits(out data);
            if (!verdict.IsValid)
            {
                return verdict;
            }

            requests.Add(new ExecutionRequest(source.Type, data));
        }

        Requests = new ExecutionRequests(requests);
        return BlockVerdict.Valid;
    }

    private BlockVerdict ReadDeposits(out ReadOnlyMemory<byte> data)
    {
        data = default;
        using MemoryStream requests = new();
        foreach (Receipt receipt in _receipts)
        {
            foreach (Log log in receipt.Logs)
            {
                if (DepositEvents.Matches(log, _network.DepositContract)
                    && !DepositEvents.TryAppend(log.Data.Span, requests))
                {
                    return new BlockVerdict(
                        BlockError.DepositEventLayout, $"a log of {log.Address} with {log.Data.Length} bytes of data");
                }
            }
        }

        data = requests.ToArray();
        return BlockVerdict.Valid;
    }

    private BlockVerdict CallForRequests(in Address contract, out ReadOnlyMemory<byte> data)
    {
        data = default;
        if (!HasCode(contract))
        {
            return new BlockVerdict(BlockError.SystemContractEmpty, $"no code at {contract}");
        }

        CallOutcome outcome = CallSystem(_state.View, contract, ReadOnlyMemory<byte>.Empty);
        if (!outcome.Succeeded)
        {
            return new BlockVerdict(BlockError.SystemContractFailed, $"the call of {contract} ended in {outcome.Halt}");
        }

        _state.Apply(outcome.Changes);
        data = outcome.ReturnData;
        return BlockVerdict.Valid;
    }

    private CallOutcome CallSystem(IStateView view, in Address contract, ReadOnlyMemory<byte> input)
    {
        CallOutcome outcome = _executor.CallSystem(_rules.Fork, _environment, view, contract, input);
        _missing.AddRange(outcome.MissingKeys);
        return outcome;
    }

    private bool HasCode(in Address address)
    {
        ReadStatus status = _state.View.ReadAccount(address, out Account account);
        if (status == ReadStatus.Unavailable)
        {
            _missing.Add(new StateKey(address, null, null));
        }

        return status == ReadStatus.Found && account.HasCode;
    }
}
