using Koinon.Chain;
using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Requests;
using Koinon.State;

namespace Koinon.Rpc.Execution;

/// <summary>
/// Builds blocks of calls on top of a block, each on the one before, and keeps none (eth_simulateV1).
/// </summary>
/// <remarks>One simulation, one owner. The rules are geth's, as its documentation and the official files have them.
/// </remarks>
internal sealed class Simulator
{
    private readonly CallRunner _calls;
    private readonly Ledger _ledger;
    private readonly LedgerBlock _base;
    private readonly SimulationRequest _request;
    private readonly CallDeadline _deadline;
    private readonly List<LedgerBlock> _blocks = [];
    private readonly List<SimulatedBlock> _results = [];
    private readonly SimulatedHashes _hashes;
    private ulong _gasLeft;

    /// <summary>A simulation to be run.</summary>
    /// <param name="calls">Knows the chain and the bounds.</param>
    /// <param name="on">The block it stands on.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="deadline">The time there is.</param>
    public Simulator(CallRunner calls, LedgerBlock on, SimulationRequest request, CallDeadline deadline)
    {
        _calls = calls;
        _ledger = calls.Blocks.Ledger;
        _base = on;
        _request = request;
        _deadline = deadline;
        _gasLeft = calls.Limits.CallGasMax;
        _hashes = new SimulatedHashes(_blocks, new BlockHashes(_ledger, on, isSeen: true));
    }

    /// <summary>Runs it.</summary>
    /// <param name="state">The state of the block it stands on.</param>
    /// <returns>The blocks in their order, filled gaps included.</returns>
    public async ValueTask<RpcResult<IReadOnlyList<SimulatedBlock>>> RunAsync(WorldState state)
    {
        RpcResult<IReadOnlyList<SimulationBlock>> plan = SimulationPlan.Of(
            _request.Blocks, _base.Header, _calls.Limits.SimulatedBlocksMax);
        if (plan.Error is not null)
        {
            return plan.Error;
        }

        LedgerBlock parent = _base;
        WorldState parentState = state;
        foreach (SimulationBlock wanted in plan.Value!)
        {
            RpcResult<WorldState> after = await RunAsync(wanted, parent, parentState).ConfigureAwait(false);
            if (after.Error is not null)
            {
                return after.Error;
            }

            parent = _blocks[^1];
            parentState = after.Value!;
        }

        return _results;
    }

    private async ValueTask<RpcResult<WorldState>> RunAsync(
        SimulationBlock wanted, LedgerBlock parent, WorldState parentState)
    {
        ActiveRules rules = _ledger.Schedule.At(
            wanted.Block.Number!.Value, wanted.Block.Time!.Value, parent.TotalDifficulty);
        RpcResult<OverriddenState> overridden = await OverriddenState.OfAsync(
            wanted.Accounts,
            rules.Fork.Precompiles,
            address => _calls.Reader.ReadAccountAsync(parentState, address, _deadline.Token)).ConfigureAwait(false);
        if (overridden.Error is not null)
        {
            return overridden.Error;
        }

        if (overridden.Value!.Precompiles != rules.Fork.Precompiles)
        {
            Evm.Forks.Fork fork = rules.Fork with { Precompiles = overridden.Value.Precompiles };
            rules = rules with { Rules = rules.Rules with { Execution = fork } };
        }

        HeaderDraft draft = Draft(wanted.Block, parent, rules);
        ulong gasBefore = _gasLeft;
        while (true)
        {
            SimulatedBlockRun run = new(this, wanted, draft, rules, parent, parentState, overridden.Value.Changes);
            if (run.Run() is { } error)
            {
                return error;
            }

            if (run.MissingKeys.Count == 0)
            {
                _blocks.Add(run.Result!.Block);
                _results.Add(run.Result);
                return run.State!;
            }

            RpcError? unavailable = await _calls.Reader.FetchAsync(parentState, run.MissingKeys, _deadline.Token)
                .ConfigureAwait(false);
            if (unavailable is not null)
            {
                return unavailable;
            }

            _gasLeft = gasBefore;
        }
    }

    /// <summary>The header as far as it is known before the calls.</summary>
    private HeaderDraft Draft(BlockOverride wanted, LedgerBlock parent, ActiveRules rules)
    {
        BlockHeader former = parent.Header;
        UInt256? baseFee = rules.Rules.BaseFee is null ? null
            : wanted.BaseFee
            ?? (_request.IsValidated ? HeaderVerifier.BaseFeeAfter(former, rules.Rules) : UInt256.Zero);
        return new HeaderDraft
        {
            ParentHash = parent.Hash,
            UnclesHash = BlockHeader.UnclesHashOf([]),
            Beneficiary = wanted.FeeRecipient ?? former.Beneficiary,
            Difficulty = rules.Rules.IsMerged ? UInt256.Zero : wanted.Difficulty ?? former.Difficulty,
            Number = wanted.Number!.Value,
            GasLimit = wanted.GasLimit ?? former.GasLimit,
            Timestamp = wanted.Time!.Value,
            MixHash = wanted.PrevRandao ?? Hash256.Zero,
            BaseFeePerGas = baseFee,
            ExcessBlobGas = HeaderVerifier.ExcessBlobGasAfter(former, rules),
            ParentBeaconBlockRoot = rules.Rules.BeaconRootsContract is null
                ? null
                : wanted.BeaconRoot ?? Hash256.Zero,
        };
    }

    /// <summary>One run of one block; a run that lacked something of the state is made again.</summary>
    private sealed class SimulatedBlockRun(
        Simulator owner,
        SimulationBlock wanted,
        HeaderDraft draft,
        ActiveRules rules,
        LedgerBlock parent,
        WorldState parentState,
        StateChanges edits)
    {
        private readonly BlockExecution _execution = new(
            owner._ledger.Executor.Transactions,
            owner._ledger.Genesis.Network,
            rules,
            draft,
            owner.EnvironmentOf(draft, wanted.Block, rules),
            parentState,
            edits);

        private readonly List<Transaction> _transactions = [];
        private readonly List<TransactionOutcome> _outcomes = [];
        private readonly List<Address> _senders = [];
        private readonly List<IReadOnlyList<NumberedLog>> _logs = [];
        private int _nextLog;

        /// <summary>What the state lacked; then there is no result.</summary>
        public IReadOnlyList<StateKey> MissingKeys { get; private set; } = [];

        /// <summary>The block.</summary>
        public SimulatedBlock? Result { get; private set; }

        /// <summary>The state after it.</summary>
        public WorldState? State { get; private set; }

        /// <summary>Runs the calls and closes the block.</summary>
        /// <returns>Why there is no such block, or <see langword="null"/>.</returns>
        public RpcError? Run()
        {
            foreach (CallRequest call in wanted.Calls)
            {
                RpcError? error = Run(call);
                if (error is not null || MissingKeys.Count > 0)
                {
                    return error;
                }
            }

            return Close();
        }

        private RpcError? Run(CallRequest call)
        {
            UInt256 chainId = owner._calls.ChainId;
            if (call.ChainId is { } named && named != chainId)
            {
                return RpcError.Server($"chainId does not match node's (have={named}, want={chainId})");
            }

            ulong room = _execution.Environment.GasLimit - _execution.GasUsed;
            if (call.Gas > room)
            {
                return SimulationErrors.BlockGasLimitReached(_execution.GasUsed, _execution.Environment.GasLimit);
            }

            Address sender = call.From ?? Address.Zero;
            if (_execution.State.ReadAccount(sender, out Account account) == ReadStatus.Unavailable)
            {
                MissingKeys = [new StateKey(sender, null, null)];
                return null;
            }

            ulong gas = Math.Min(call.Gas ?? room, owner._gasLeft);
            Transaction transaction = CallTransaction.Of(call, rules.Fork, chainId, account.Nonce, gas);
            ExecutionLimits limits = new(room, ulong.MaxValue, IsSimulation: true, owner._request.IsValidated);
            TransferTracer tracer = new(owner._request.TracesTransfers, _nextLog);
            TransactionOutcome outcome = _execution.Execute(
                transaction, sender, limits, ref tracer, owner._deadline.Token);
            if (outcome.Error == TransactionError.StateUnavailable)
            {
                MissingKeys = outcome.MissingKeys;
                return null;
            }

            if (outcome.Error != TransactionError.None)
            {
                return SimulationErrors.ErrorOf(outcome.Error, outcome.Detail);
            }

            if (outcome.Halt == HaltReason.Cancelled)
            {
                return owner._deadline.Error();
            }

            owner._gasLeft -= outcome.GasUsed;
            _transactions.Add(transaction);
            _outcomes.Add(outcome);
            _senders.Add(sender);
            _logs.Add(outcome.Succeeded ? tracer.Logs : []);
            _nextLog = tracer.Next;
            return null;
        }

        private RpcError? Close()
        {
            Ledger ledger = owner._ledger;
            IReadOnlyList<Withdrawal>? withdrawals = rules.Rules.HasWithdrawals ? wanted.Block.Withdrawals ?? [] : null;
            Block body = new() { Header = draft.ToHeader(), Transactions = _transactions, Withdrawals = withdrawals };
            BlockVerdict verdict = _execution.Finish(withdrawals, ledger.Consensus.RewardsOf(body, rules));
            MissingKeys = _execution.MissingKeys;
            if (!verdict.IsValid || MissingKeys.Count > 0)
            {
                return MissingKeys.Count > 0 ? null : RpcError.Server($"{verdict.Error}: {verdict.Detail}");
            }

            State = _execution.Commit(out StateChanges changes);
            draft.StateRoot = State.Root;
            draft.TransactionsRoot = BodyRoots.Of(_transactions);
            draft.ReceiptsRoot = BodyRoots.Of(_execution.Receipts);
            draft.LogsBloom = _execution.LogsBloom;
            draft.GasUsed = _execution.GasUsed;
            draft.WithdrawalsRoot = withdrawals is null ? null : BodyRoots.Of(withdrawals);
            draft.BlobGasUsed = draft.ExcessBlobGas is null ? null : _execution.BlobGasUsed;
            draft.RequestsHash = _execution.Requests?.ComputeHash();
            BlockHeader header = draft.ToHeader();
            LedgerBlock block = new()
            {
                Block = new Block { Header = header, Transactions = _transactions, Withdrawals = withdrawals },
                Sealed = new SealedHeader(header, ledger.Consensus.HashOf(header), header.Beneficiary),
                Rules = rules,
                TotalDifficulty = unchecked(parent.TotalDifficulty + header.Difficulty),
                Receipts = _execution.Receipts,
                State = State,
                Changes = changes,
            };
            Result = new SimulatedBlock(block, _outcomes, _senders, _logs);
            return null;
        }
    }

    private BlockEnvironment EnvironmentOf(HeaderDraft header, BlockOverride wanted, ActiveRules rules) => new()
    {
        ChainId = _calls.ChainId,
        Number = header.Number,
        Timestamp = header.Timestamp,
        GasLimit = header.GasLimit,
        Beneficiary = header.Beneficiary,
        Difficulty = header.Difficulty,
        PrevRandao = header.MixHash,
        BaseFee = header.BaseFeePerGas ?? UInt256.Zero,
        BlobBaseFee = wanted.BlobBaseFee ?? rules.Blobs?.PriceOf(header.ExcessBlobGas ?? 0) ?? UInt256.Zero,
        BlockHashes = _hashes,
    };
}
