using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Evm;
using Koinon.Evm.Forks;
using Koinon.Evm.Precompiles;
using Koinon.Evm.Tracing;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Requests;
using Koinon.State;

namespace Koinon.Rpc.Eth;

/// <summary>Runs a call on the state after a block, as a transaction that leaves no trace.</summary>
/// <param name="blocks">Finds blocks.</param>
/// <param name="limits">The bounds of a call; the defaults where they are left out.</param>
/// <param name="fetcher">Fetches what a state does not hold itself; all state is here where it is left out.</param>
/// <remarks>The call sees the block's own number, time and author, as geth has it. Safe from any thread.</remarks>
public sealed class CallRunner(BlockLookup blocks, RpcLimits? limits = null, IStateFetcher? fetcher = null)
{
    private readonly RpcLimits _limits = limits ?? new RpcLimits();

    /// <summary>The chain that transactions are signed for.</summary>
    public UInt256 ChainId => blocks.Ledger.Genesis.Network.ChainIdNow;

    /// <summary>Finds blocks.</summary>
    public BlockLookup Blocks => blocks;

    /// <summary>The bounds of a call.</summary>
    public RpcLimits Limits => _limits;

    /// <summary>Reads states, fetching what they do not hold.</summary>
    public StateReader Reader { get; } = new(fetcher ?? new LocalState());

    /// <summary>
    /// Whether a call may spend what its sender does not have and offer less than the base fee, as on Hardhat's chain;
    /// it is refused otherwise.
    /// </summary>
    public bool IsLenient { get; init; }

    /// <summary>
    /// Which block gas is estimated on where none is named: development chains take the pending one, whose time may
    /// have been moved.
    /// </summary>
    public BlockReference EstimatedOn { get; init; } = BlockReference.Latest;

    /// <summary>The same, heard by nobody: for runs that are made again and again.</summary>
    public CallRunner Unheard => Observer is null
        ? this
        : new CallRunner(blocks, limits, fetcher) { IsLenient = IsLenient, EstimatedOn = EstimatedOn };

    /// <summary>Hears of what contracts print; <see langword="null"/> where nobody listens.</summary>
    public ICallObserver? Observer { get; init; }

    /// <summary>Finds the block a call is to run on, with its state.</summary>
    public RpcResult<LedgerBlock> Find(in BlockReference reference)
    {
        RpcResult<LedgerBlock> found = blocks.Require(reference);
        return found.Value is { State: null } pruned
            ? blocks.StateGone(pruned)
            : found;
    }

    /// <summary>Makes ready what calls about a block run in.</summary>
    /// <param name="reference">The block.</param>
    /// <param name="accounts">What accounts are to be like.</param>
    /// <param name="block">What the block is to be like.</param>
    /// <param name="cancellation">Ends the wait for what must be fetched.</param>
    public ValueTask<RpcResult<CallContext>> PrepareAsync(
        in BlockReference reference,
        IReadOnlyList<StateOverride>? accounts,
        BlockOverride? block,
        CancellationToken cancellation)
    {
        RpcResult<LedgerBlock> found = blocks.Require(reference);
        if (found.Error is not null)
        {
            return new(found.Error);
        }

        return found.Value!.State is { } state
            ? PrepareAsync(found.Value!, state, accounts, block, cancellation)
            : new(blocks.StateGone(found.Value!));
    }

    /// <summary>Makes ready what calls on a state run in.</summary>
    /// <param name="parent">The block that is asked about.</param>
    /// <param name="state">Its state, or one inside it.</param>
    /// <param name="accounts">What accounts are to be like.</param>
    /// <param name="block">What the block is to be like.</param>
    /// <param name="cancellation">Ends the wait for what must be fetched.</param>
    public ValueTask<RpcResult<CallContext>> PrepareAsync(
        LedgerBlock parent,
        IStateView state,
        IReadOnlyList<StateOverride>? accounts,
        BlockOverride? block,
        CancellationToken cancellation)
    {
        ActiveRules rules = RulesOf(parent, block);
        return accounts is { Count: > 0 }
            ? OverrideAsync(parent, rules, state, accounts, block, cancellation)
            : new(ContextOf(parent, rules, rules.Fork, block, state, state));
    }

    /// <summary>Starts the clock of a question.</summary>
    /// <param name="cancellation">Ends when the caller has gone.</param>
    internal CallDeadline StartDeadline(CancellationToken cancellation) => new(_limits.CallTimeMax, cancellation);

    /// <summary>The gas limit of a call: what it asks for, bounded.</summary>
    public ulong GasOf(CallRequest request) => Math.Min(request.Gas ?? _limits.CallGasMax, _limits.CallGasMax);

    /// <summary>Runs a call.</summary>
    /// <param name="context">What it runs in.</param>
    /// <param name="request">The call.</param>
    /// <param name="gas">The gas limit.</param>
    /// <param name="cancellation">Ends the run as <see cref="HaltReason.Cancelled"/>.</param>
    /// <returns>What came of it; an error where something could not be fetched.</returns>
    public ValueTask<RpcResult<TransactionOutcome>> RunAsync(
        CallContext context, CallRequest request, ulong gas, CancellationToken cancellation)
    {
        if (request.ChainId is { } chainId && chainId != ChainId)
        {
            return new(RpcError.Server($"chainId does not match node's (have={chainId}, want={ChainId})"));
        }

        Transaction transaction = CallTransaction.Of(request, context.Fork, ChainId, nonce: 0, gas);
        TransactionOutcome outcome = Run(context, request, transaction, cancellation);
        if (IsLenient && outcome.Error is TransactionError.InsufficientFunds or TransactionError.FeeBelowBaseFee)
        {
            // Without fees and with a loan: what the call does is asked, not whether it could be paid.
            request = request with { GasPrice = null, MaxFeePerGas = null, MaxPriorityFeePerGas = null };
            transaction = CallTransaction.Of(request, context.Fork, ChainId, nonce: 0, gas);
            context = WithLoan(context, request);
            outcome = Run(context, request, transaction, cancellation);
        }

        return outcome.Error == TransactionError.StateUnavailable
            ? FetchAndRunAsync(context, request, transaction, outcome, cancellation)
            : new(outcome);
    }

    /// <summary>
    /// Runs a call that a tracer listens to; each run that lacked something begins with a new tracer.
    /// </summary>
    /// <param name="context">What it runs in.</param>
    /// <param name="request">The call.</param>
    /// <param name="gas">The gas limit.</param>
    /// <param name="newTracer">Makes a tracer.</param>
    /// <param name="cancellation">Ends the run as <see cref="HaltReason.Cancelled"/>.</param>
    public async ValueTask<RpcResult<(TransactionOutcome Outcome, TTracer Tracer)>> TraceAsync<TTracer>(
        CallContext context,
        CallRequest request,
        ulong gas,
        Func<TTracer> newTracer,
        CancellationToken cancellation)
        where TTracer : struct, ITracer
    {
        Transaction transaction = CallTransaction.Of(request, context.Fork, ChainId, nonce: 0, gas);
        bool isFirst = true;
        while (true)
        {
            TTracer tracer = newTracer();
            TransactionOutcome outcome = blocks.Ledger.Executor.Transactions.Execute(
                context.Fork,
                context.EnvironmentOf(request),
                context.State,
                transaction,
                request.From ?? Address.Zero,
                Lenient,
                ref tracer,
                cancellation);
            if (outcome.Error != TransactionError.StateUnavailable)
            {
                return (outcome, tracer);
            }

            RpcError? error = await FetchAsync(context, request, transaction, outcome, isFirst, cancellation)
                .ConfigureAwait(false);
            isFirst = false;
            if (error is not null)
            {
                return error;
            }
        }
    }

    private ExecutionLimits Lenient => ExecutionLimits.None with { IsSimulation = true, Observer = Observer };

    private TransactionOutcome Run(
        CallContext context, CallRequest request, Transaction transaction, CancellationToken cancellation) =>
        blocks.Ledger.Executor.Transactions.Execute(
            context.Fork,
            context.EnvironmentOf(request),
            context.State,
            transaction,
            request.From ?? Address.Zero,
            Lenient,
            cancellation);

    /// <summary>The same with a sender who has more than any call can spend.</summary>
    private static CallContext WithLoan(CallContext context, CallRequest request)
    {
        Address sender = request.From ?? Address.Zero;
        context.State.ReadAccount(sender, out Account account);
        StateChanges loan = new();
        Account lender = account == default ? Account.Empty : account;
        loan.Of(sender).Account = lender with { Balance = UInt256.MaxValue >> 1 };
        OverlayView lent = new(context.State);
        lent.Apply(loan);
        return context.WithState(lent);
    }

    private async ValueTask<RpcResult<TransactionOutcome>> FetchAndRunAsync(
        CallContext context,
        CallRequest request,
        Transaction transaction,
        TransactionOutcome outcome,
        CancellationToken cancellation)
    {
        bool isFirst = true;
        while (outcome.Error == TransactionError.StateUnavailable)
        {
            RpcError? error = await FetchAsync(context, request, transaction, outcome, isFirst, cancellation)
                .ConfigureAwait(false);
            isFirst = false;
            if (error is not null)
            {
                return error;
            }

            outcome = Run(context, request, transaction, cancellation);
        }

        return outcome;
    }

    /// <summary>Fetches what a run lacked; at its first miss what it will come to as well.</summary>
    private ValueTask<RpcError?> FetchAsync(
        CallContext context,
        CallRequest request,
        Transaction transaction,
        TransactionOutcome outcome,
        bool isFirst,
        CancellationToken cancellation) =>
        isFirst
            ? Reader.FetchAheadAsync(
                context.Kept,
                outcome.MissingKeys,
                new PlannedRun(transaction, request.From ?? Address.Zero),
                cancellation)
            : Reader.FetchAsync(context.Kept, outcome.MissingKeys, cancellation);

    private async ValueTask<RpcResult<CallContext>> OverrideAsync(
        LedgerBlock parent,
        ActiveRules rules,
        IStateView state,
        IReadOnlyList<StateOverride> accounts,
        BlockOverride? block,
        CancellationToken cancellation)
    {
        PrecompileSet precompiles = rules.Fork.Precompiles;
        RpcResult<OverriddenState> overridden = await OverriddenState.OfAsync(
            accounts, precompiles, address => Reader.ReadAccountAsync(state, address, cancellation))
            .ConfigureAwait(false);
        if (overridden.Error is not null)
        {
            return overridden.Error;
        }

        OverlayView overlay = new(state);
        overlay.Apply(overridden.Value!.Changes);
        Fork fork = overridden.Value.Precompiles == precompiles
            ? rules.Fork
            : rules.Fork with { Precompiles = overridden.Value.Precompiles };
        return ContextOf(parent, rules, fork, block, overlay, state);
    }

    private ActiveRules RulesOf(LedgerBlock parent, BlockOverride? block) =>
        block is null || (block.Number is null && block.Time is null)
            ? parent.Rules
            : blocks.Ledger.Schedule.At(
                block.Number ?? parent.Number, block.Time ?? parent.Header.Timestamp, parent.TotalDifficulty);

    private CallContext ContextOf(
        LedgerBlock parent, ActiveRules rules, Fork fork, BlockOverride? block, IStateView state, IStateView kept)
    {
        Primitives.Blocks.BlockHeader header = parent.Header;
        ulong number = block?.Number ?? header.Number;
        return new CallContext
        {
            Block = parent,
            Fork = fork,
            State = state,
            Kept = kept,
            NamesBaseFee = block?.BaseFee is not null,
            NamesBlobFee = block?.BlobBaseFee is not null,
            Environment = new BlockEnvironment
            {
                ChainId = ChainId,
                Number = number,
                Timestamp = block?.Time ?? header.Timestamp,
                GasLimit = block?.GasLimit ?? header.GasLimit,
                Beneficiary = block?.FeeRecipient ?? parent.Sealed.Author,
                Difficulty = block?.Difficulty ?? header.Difficulty,
                PrevRandao = block?.PrevRandao ?? header.MixHash,
                BaseFee = block?.BaseFee ?? header.BaseFeePerGas ?? UInt256.Zero,
                BlobBaseFee = block?.BlobBaseFee
                    ?? rules.Blobs?.PriceOf(header.ExcessBlobGas ?? 0)
                    ?? UInt256.Zero,
                BlockHashes = new BlockHashes(blocks.Ledger, parent, isSeen: number > parent.Number),
            },
        };
    }
}
