using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Chain.Pool;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.Rlp;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;
using Koinon.State;

namespace Koinon.Chain.Building;

/// <summary>Builds blocks on a ledger: takes transactions in order, executes them, seals.</summary>
/// <remarks>
/// Safe from any thread; building happens on views and writes nothing. Commit the result to the ledger.
/// </remarks>
/// <param name="ledger">The ledger to build on.</param>
public sealed class BlockBuilder(Ledger.Ledger ledger)
{
    /// <summary>More bytes than a header and the lists around a body take (EIP-7934 bounds their sum).</summary>
    private const int FrameBytesMax = 1_024;

    private const int WithdrawalBytesMax = 64;

    /// <summary>Builds on the head from what waits in a pool, and gives up what can never be executed.</summary>
    /// <param name="pool">Its transactions stay until the block is committed.</param>
    /// <param name="request">What the block is to be like.</param>
    /// <param name="cancellation">Ends the search for a seal.</param>
    public BuildResult Build(TransactionPool pool, BuildRequest request, CancellationToken cancellation)
    {
        LedgerBlock parent = ledger.Head;
        if (parent.State is not { } state)
        {
            return Unavailable(parent);
        }

        HeaderDraft draft = Draft(parent, request, out _);
        IReadOnlyList<PooledTransaction> ready = pool.Ready(
            state, draft.BaseFeePerGas ?? UInt256.Zero, request.Order);
        if (ready.Count == 0 && !request.AllowsEmpty)
        {
            return new BuildResult(BlockVerdict.Valid, null, []);
        }

        List<Transaction> transactions = new(ready.Count);
        foreach (PooledTransaction pooled in ready)
        {
            transactions.Add(pooled.Transaction);
        }

        BuildResult result = Build(parent, transactions, request, cancellation);
        foreach ((Transaction transaction, _) in result.Refused)
        {
            pool.Remove(transaction.Hash);
        }

        return result;
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
        if (parent.State is not { } parentState)
        {
            return Unavailable(parent);
        }

        HeaderDraft draft = Draft(parent, request, out ActiveRules rules);
        BlockExecution execution = new(
            ledger.Executor.Transactions,
            ledger.Genesis.Network,
            rules,
            draft,
            draft.Beneficiary,
            parentState,
            new Ancestry(ledger, parent))
        {
            Observer = request.Observer,
        };
        List<(Transaction, TransactionError)> refused = [];
        List<StateKey> missing = [];
        List<Transaction> included = Fill(execution, rules, transactions, request, refused, missing);

        if (included.Count == 0 && missing.Count == 0 && !request.AllowsEmpty)
        {
            return new BuildResult(BlockVerdict.Valid, null, refused);
        }

        IReadOnlyList<Withdrawal>? withdrawals = rules.Rules.HasWithdrawals ? request.Withdrawals : null;
        Block unsealed = new() { Header = draft.ToHeader(), Transactions = included, Withdrawals = withdrawals };
        BlockVerdict verdict = execution.Finish(withdrawals, ledger.Consensus.RewardsOf(unsealed, rules));
        missing.AddRange(execution.MissingKeys);
        if (missing.Count > 0)
        {
            verdict = new BlockVerdict(BlockError.StateUnavailable, $"{missing[0]} is not known here");
        }

        if (!verdict.IsValid)
        {
            return new BuildResult(verdict, null, refused) { MissingKeys = missing };
        }

        WorldState state = execution.Commit(out StateChanges changes);
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
        return new BuildResult(BlockVerdict.Valid, built, refused);
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
            GasLimit = request.GasLimit ?? HeaderVerifier.GasLimitBefore(parent.Header, rules.Rules),
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

    private static List<Transaction> Fill(
        BlockExecution execution,
        ActiveRules rules,
        IReadOnlyList<Transaction> transactions,
        BuildRequest request,
        List<(Transaction, TransactionError)> refused,
        List<StateKey> missing)
    {
        List<Transaction> included = [];
        HashSet<Address> waiting = [];
        long bytesLeft = rules.Rules.BlockBytesMax is { } most
            ? most - FrameBytesMax - (long)WithdrawalBytesMax * request.Withdrawals.Count
            : long.MaxValue;
        foreach (Transaction candidate in transactions)
        {
            if (included.Count >= request.TransactionsMax)
            {
                break;
            }

            // A block holds the form without blobs.
            Transaction transaction = candidate.Sidecar is null ? candidate : candidate.WithoutSidecar();
            int bytes = SizeInBlock(transaction);
            bool fits = bytes <= bytesLeft;
            if (transaction.TryGetSender(out Address sender) && (waiting.Contains(sender) || !fits))
            {
                waiting.Add(sender);
                continue;
            }

            TransactionOutcome outcome = execution.Execute(transaction);
            if (outcome.Error == TransactionError.None)
            {
                included.Add(transaction);
                bytesLeft -= bytes;
            }
            else if (MayFitLater(outcome.Error))
            {
                // The others run on, so that one fetch brings what all of them miss.
                missing.AddRange(outcome.MissingKeys);
                waiting.Add(sender);
            }
            else
            {
                refused.Add((candidate, outcome.Error));
                waiting.Add(sender);
            }
        }

        return included;
    }

    private static int SizeInBlock(Transaction transaction)
    {
        int length = transaction.Encoded.Length;
        return transaction.Type == TransactionType.Legacy ? length : RlpWriter.HeaderLength(length) + length;
    }

    private static bool MayFitLater(TransactionError error) => error
        is TransactionError.GasAllowanceExceeded
        or TransactionError.BlobGasAllowanceExceeded
        or TransactionError.NonceTooHigh
        or TransactionError.FeeBelowBaseFee
        or TransactionError.BlobFeeBelowBaseFee
        or TransactionError.StateUnavailable;

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
