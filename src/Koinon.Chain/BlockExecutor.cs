using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;
using Koinon.State;
using Koinon.State.Stored;

namespace Koinon.Chain;

/// <summary>Validates and executes whole blocks of every fork.</summary>
/// <remarks>
/// Writes nothing: a valid block comes back as a layer over its parent. Immutable but for what the executor rents, so
/// blocks of several branches may run at once. Source: yellow paper, section 4.3, and the EIPs that the rules name.
/// </remarks>
public sealed class BlockExecutor
{
    private readonly NetworkSchedule _schedule;
    private readonly IConsensus _consensus;
    private readonly TransactionExecutor _executor;
    private readonly HeaderVerifier _headers;

    /// <summary>Makes an executor for the blocks of one network.</summary>
    /// <param name="schedule">The network's forks.</param>
    /// <param name="consensus">What says who may seal.</param>
    /// <param name="resources">Arenas and code cache, shared with others.</param>
    public BlockExecutor(NetworkSchedule schedule, IConsensus consensus, ExecutionResources resources)
    {
        _schedule = schedule;
        _consensus = consensus;
        _executor = new TransactionExecutor(resources);
        _headers = new HeaderVerifier(schedule, consensus);
    }

    /// <summary>Runs the transactions.</summary>
    public TransactionExecutor Transactions => _executor;

    /// <summary>Validates and executes a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="parent">Its parent.</param>
    /// <param name="source">Knows the blocks before.</param>
    public BlockResult Execute(Block block, LedgerBlock parent, IBlockSource source)
    {
        try
        {
            return ExecuteOn(block, parent, source);
        }
        catch (StateUnavailableException gone)
        {
            // The parent was taken back between the last read and the root.
            return new BlockResult(new BlockVerdict(BlockError.StateUnavailable, gone.Message), null);
        }
    }

    private BlockResult ExecuteOn(Block block, LedgerBlock parent, IBlockSource source)
    {
        BlockHeader header = block.Header;
        ActiveRules rules = _schedule.At(header.Number, header.Timestamp, parent.TotalDifficulty);
        Ancestry ancestry = new(source, parent);
        BlockVerdict verdict = VerifySize(block.Size, rules);
        verdict = verdict.IsValid ? _headers.Verify(header, parent) : verdict;
        verdict = verdict.IsValid ? VerifyBody(block, rules) : verdict;
        verdict = verdict.IsValid ? _consensus.VerifyUncles(block, rules, ancestry, _headers) : verdict;
        if (!verdict.IsValid)
        {
            return new BlockResult(verdict, null);
        }

        if (parent.State is not { } parentState)
        {
            return new BlockResult(BlockVerdict.StateGivenUp(parent.Number), null);
        }

        SealedHeader sealedHeader = new(header, _consensus.HashOf(header), _consensus.AuthorOf(header));
        BlockExecution execution = new(
            _executor, _schedule.Parameters, rules, HeaderDraft.Of(header), sealedHeader.Author, parentState, ancestry);
        verdict = Run(block, rules, execution);
        verdict = verdict.IsValid ? CompareBody(block) : verdict;
        verdict = verdict.IsValid ? Compare(header, rules, execution) : verdict;
        StateChanges? changes = null;
        WorldState? state = verdict.IsValid ? execution.Commit(out changes) : null;
        if (state is null || state.Root != header.StateRoot)
        {
            verdict = verdict.IsValid
                ? BlockVerdict.Differs(BlockError.StateRootWrong, "state root", header.StateRoot, state!.Root)
                : verdict;
            return new BlockResult(verdict, null);
        }

        return new BlockResult(verdict, new LedgerBlock
        {
            Block = block,
            Sealed = sealedHeader,
            Rules = rules,
            TotalDifficulty = unchecked(parent.TotalDifficulty + header.Difficulty),
            Receipts = execution.Receipts,
            Requests = execution.Requests,
            State = state,
            Changes = changes,
        });
    }

    private static BlockVerdict VerifySize(int sizeBytes, ActiveRules rules) =>
        rules.Rules.BlockBytesMax is { } most && sizeBytes > most
            ? new BlockVerdict(BlockError.BlockTooLarge, $"{sizeBytes} bytes of RLP, at most {most}")
            : BlockVerdict.Valid;

    private static BlockVerdict VerifyBody(Block block, ActiveRules rules)
    {
        BlockHeader header = block.Header;
        if (block.Withdrawals is not null != rules.Rules.HasWithdrawals)
        {
            return new BlockVerdict(BlockError.RlpWithdrawals, $"the fork is {rules.Rules.Name}");
        }

        Hash256 unclesHash = BlockHeader.UnclesHashOf(block.Uncles);
        if (unclesHash != header.UnclesHash)
        {
            return BlockVerdict.Differs(BlockError.UnclesHashWrong, "uncles hash", header.UnclesHash, unclesHash);
        }

        return BlockVerdict.Valid;
    }

    /// <summary>
    /// Compares the roots of the body, after execution: a transaction's own fault is named before them.
    /// </summary>
    private static BlockVerdict CompareBody(Block block)
    {
        BlockHeader header = block.Header;
        Hash256 transactionsRoot = BodyRoots.Of(block.Transactions);
        if (transactionsRoot != header.TransactionsRoot)
        {
            return BlockVerdict.Differs(
                BlockError.TransactionsRootWrong, "transactions root", header.TransactionsRoot, transactionsRoot);
        }

        Hash256? withdrawalsRoot = block.Withdrawals is { } withdrawals ? BodyRoots.Of(withdrawals) : null;
        return withdrawalsRoot == header.WithdrawalsRoot
            ? BlockVerdict.Valid
            : BlockVerdict.Differs(
                BlockError.WithdrawalsRootWrong, "withdrawals root", header.WithdrawalsRoot, withdrawalsRoot);
    }

    private BlockVerdict Run(Block block, ActiveRules rules, BlockExecution execution)
    {
        IReadOnlyList<Transaction> transactions = block.Transactions;
        // Recovery is most of a small transaction's cost, and each transaction keeps its sender.
        Transaction.RecoverSenders(transactions);
        for (int i = 0; i < transactions.Count; i++)
        {
            TransactionOutcome outcome = execution.Execute(transactions[i]);
            if (outcome.Error != TransactionError.None)
            {
                return new BlockVerdict(
                    outcome.Error == TransactionError.StateUnavailable
                        ? BlockError.StateUnavailable
                        : BlockError.TransactionInvalid,
                    $"transaction {i}: {outcome.Detail}",
                    outcome.Error);
            }
        }

        return execution.Finish(block.Withdrawals, _consensus.RewardsOf(block, rules));
    }

    /// <summary>Compares what the header states with what execution gave, but for the state root.</summary>
    private static BlockVerdict Compare(BlockHeader header, ActiveRules rules, BlockExecution execution)
    {
        if (header.GasUsed != execution.GasUsed)
        {
            return BlockVerdict.Differs(BlockError.GasUsedWrong, "gas used", header.GasUsed, execution.GasUsed);
        }

        if (header.BlobGasUsed is { } blobGasUsed && blobGasUsed != execution.BlobGasUsed)
        {
            BlockError error = blobGasUsed > rules.Blobs?.MaximumGas
                ? BlockError.BlobGasUsedAboveLimit
                : BlockError.BlobGasUsedWrong;
            return BlockVerdict.Differs(error, "blob gas used", blobGasUsed, execution.BlobGasUsed);
        }

        if (header.LogsBloom != execution.LogsBloom)
        {
            return new BlockVerdict(BlockError.LogsBloomWrong, "the logs bloom is not that of the receipts");
        }

        Hash256 receiptsRoot = BodyRoots.Of(execution.Receipts);
        if (receiptsRoot != header.ReceiptsRoot)
        {
            return BlockVerdict.Differs(
                BlockError.ReceiptsRootWrong, "receipts root", header.ReceiptsRoot, receiptsRoot);
        }

        Hash256? requestsHash = execution.Requests?.ComputeHash();
        return requestsHash == header.RequestsHash
            ? BlockVerdict.Valid
            : BlockVerdict.Differs(BlockError.RequestsHashWrong, "requests hash", header.RequestsHash, requestsHash);
    }
}
