using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Chain.Pool;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;
using Koinon.State;
using Koinon.State.Stored;

namespace Koinon.Chain.Building;

/// <summary>Builds blocks on a ledger: takes transactions in order, executes them, seals.</summary>
/// <remarks>
/// Safe from any thread; building happens on views and writes nothing. Commit the result to the ledger.
/// </remarks>
/// <param name="ledger">The ledger to build on.</param>
public sealed class BlockBuilder(Ledger.Ledger ledger)
{
    /// <summary>Builds on the head from what waits in a pool.</summary>
    /// <param name="pool">Its transactions stay until the block is committed.</param>
    /// <param name="request">What the block is to be like.</param>
    /// <param name="cancellation">Ends the search for a seal, and the filling: the block is then as full as it is.
    /// </param>
    public BuildResult Build(TransactionPool pool, BuildRequest request, CancellationToken cancellation) =>
        Build(pool, ledger.Head, request, cancellation);

    /// <summary>Builds on any block from what waits in a pool.</summary>
    /// <param name="pool">Its transactions stay until the block is committed.</param>
    /// <param name="parent">The block to build on.</param>
    /// <param name="request">What the block is to be like.</param>
    /// <param name="cancellation">Ends the search for a seal, and the filling: the block is then as full as it is.
    /// </param>
    public BuildResult Build(
        TransactionPool pool, LedgerBlock parent, BuildRequest request, CancellationToken cancellation)
    {
        if (parent.State is not { } state)
        {
            return Unavailable(parent);
        }

        HeaderDraft draft = Draft(parent, request, out ActiveRules rules);
        UInt256 baseFee = draft.BaseFeePerGas ?? UInt256.Zero;
        ReadyCursor cursor = pool.OpenCursor(parent, state, baseFee, request.Order);
        if (cursor.IsEmpty && !request.AllowsEmpty)
        {
            return new BuildResult(BlockVerdict.Valid, null, []);
        }

        PooledTransactions source = new(pool, cursor, isOnHead: parent == ledger.Head);
        return Build(parent, state, draft, rules, source, request, cancellation);
    }

    /// <summary>Builds a block of given transactions.</summary>
    /// <param name="parent">The block to build on.</param>
    /// <param name="transactions">What to include, in order; what does not fit is left out.</param>
    /// <param name="request">What the block is to be like.</param>
    /// <param name="cancellation">Ends the search for a seal.</param>
    public BuildResult Build(
        LedgerBlock parent,
        IReadOnlyList<Transaction> transactions,
        BuildRequest request,
        CancellationToken cancellation)
    {
        if (parent.State is not { } state)
        {
            return Unavailable(parent);
        }

        HeaderDraft draft = Draft(parent, request, out ActiveRules rules);
        ListedTransactions source = new(transactions);
        return Build(parent, state, draft, rules, source, request, cancellation);
    }

    private BuildResult Build(
        LedgerBlock parent,
        WorldState parentState,
        HeaderDraft draft,
        ActiveRules rules,
        ITransactionSource source,
        BuildRequest request,
        CancellationToken cancellation)
    {
        BlockExecution execution = new(
            ledger.Executor.Transactions,
            ledger.Genesis.Network,
            rules,
            draft,
            draft.Beneficiary,
            parentState,
            new Ancestry(ledger, parent, request.Unwritten))
        {
            Observer = request.Observer,
        };
        BlockFilling filling = new(execution, rules, request);
        filling.TakeFrom(source, cancellation);
        List<Transaction> included = filling.Included;
        List<StateKey> missing = filling.Missing;
        if (included.Count == 0 && missing.Count == 0 && !request.AllowsEmpty)
        {
            return new BuildResult(BlockVerdict.Valid, null, filling.Refused);
        }

        IReadOnlyList<Withdrawal>? withdrawals = rules.Rules.HasWithdrawals ? request.Withdrawals : null;
        Block unsealed = new() { Header = draft.ToHeader(), Transactions = included, Withdrawals = withdrawals };
        BlockVerdict verdict = execution.Finish(withdrawals, ledger.Consensus.RewardsOf(unsealed, rules));
        missing.AddRange(execution.MissingKeys);
        bool goesWithout = request.LeavesOutUnknown
            && execution.MissingKeys.Count == 0
            && (included.Count > 0 || request.AllowsEmpty);
        if (missing.Count > 0 && !goesWithout)
        {
            verdict = new BlockVerdict(BlockError.StateUnavailable, $"{missing[0]} is not known here");
        }

        if (!verdict.IsValid)
        {
            return new BuildResult(verdict, null, filling.Refused)
            {
                MissingKeys = missing,
                Stalled = filling.Stalled,
            };
        }

        WorldState state;
        StateChanges changes;
        try
        {
            state = execution.Commit(out changes);
        }
        catch (StateUnavailableException gone)
        {
            // The parent was taken back, or its state edited, between the last read and the root.
            return new BuildResult(new BlockVerdict(BlockError.StateUnavailable, gone.Message), null, filling.Refused);
        }

        Complete(draft, unsealed, execution, state);
        ledger.Consensus.Seal(draft, rules, cancellation);
        BlockHeader header = draft.ToHeader();
        LedgerBlock built = new()
        {
            Block = new Block { Header = header, Transactions = included, Withdrawals = withdrawals },
            Sealed = new SealedHeader(header, ledger.Consensus.HashOf(header), ledger.Consensus.AuthorOf(header)),
            Rules = rules,
            TotalDifficulty = unchecked(parent.TotalDifficulty + header.Difficulty),
            Receipts = execution.Receipts,
            Requests = execution.Requests,
            State = state,
            Changes = changes,
        };
        return new BuildResult(BlockVerdict.Valid, built, filling.Refused) { LeftOut = filling.LeftOut };
    }

    /// <summary>The header of a block that is to follow another, as far as it is known before execution.</summary>
    /// <param name="parent">The block that it follows.</param>
    /// <param name="request">What it is to be like.</param>
    /// <param name="rules">The rules it follows.</param>
    public HeaderDraft Draft(LedgerBlock parent, BuildRequest request, out ActiveRules rules)
    {
        ulong number = parent.Number + 1;
        ulong timestamp = request.IsTimestampExact
            ? request.Timestamp
            : Math.Max(request.Timestamp, parent.Header.Timestamp + 1);
        rules = ledger.Schedule.At(number, timestamp, parent.TotalDifficulty);
        HeaderDraft draft = new()
        {
            ParentHash = parent.Hash,
            UnclesHash = BlockHeader.UnclesHashOf([]),
            Beneficiary = request.Beneficiary,
            Number = number,
            GasLimit = request.GasLimit
                ?? HeaderVerifier.GasLimitAfter(parent.Header, rules.Rules, request.GasLimitTarget),
            Timestamp = timestamp,
            ExtraData = request.ExtraData,
            BaseFeePerGas = HeaderVerifier.BaseFeeAfter(parent.Header, rules.Rules),
            ExcessBlobGas = HeaderVerifier.ExcessBlobGasAfter(parent.Header, rules),
            ParentBeaconBlockRoot = rules.Rules.BeaconRootsContract is null ? null : request.ParentBeaconBlockRoot,
        };
        draft.BaseFeePerGas = draft.BaseFeePerGas is null ? null : request.BaseFeePerGas ?? draft.BaseFeePerGas;
        ledger.Consensus.Prepare(draft, parent, rules);
        draft.MixHash = request.PrevRandao ?? draft.MixHash;
        return draft;
    }

    private static BuildResult Unavailable(LedgerBlock parent) =>
        new(BlockVerdict.StateGivenUp(parent.Number), null, []);

    private static void Complete(HeaderDraft draft, Block body, BlockExecution execution, WorldState state)
    {
        draft.StateRoot = state.Root;
        draft.TransactionsRoot = BodyRoots.Of(body.Transactions);
        draft.ReceiptsRoot = BodyRoots.Of(execution.Receipts);
        draft.LogsBloom = execution.LogsBloom;
        draft.GasUsed = execution.GasUsed;
        draft.WithdrawalsRoot = body.Withdrawals is { } withdrawals ? BodyRoots.Of(withdrawals) : null;
        draft.BlobGasUsed = draft.ExcessBlobGas is null ? null : execution.BlobGasUsed;
        draft.RequestsHash = execution.Requests?.ComputeHash();
    }
}
