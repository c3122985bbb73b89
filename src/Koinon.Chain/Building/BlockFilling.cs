using Koinon.Chain.Networks;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.Rlp;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Building;

/// <summary>Fills a block with transactions until it is full or there are no more.</summary>
/// <param name="execution">The block, begun.</param>
/// <param name="rules">Its rules.</param>
/// <param name="request">What it is to be like.</param>
internal sealed class BlockFilling(BlockExecution execution, ActiveRules rules, BuildRequest request)
{
    /// <summary>More bytes than a header and the lists around a body take (EIP-7934 bounds their sum).</summary>
    private const int FrameBytesMax = 1_024;

    private const int WithdrawalBytesMax = 64;

    private readonly ulong _leastGas = (ulong)rules.Fork.Gas.Transaction;

    private long _bytesLeft = rules.Rules.BlockBytesMax is { } most
        ? most - FrameBytesMax - ((long)WithdrawalBytesMax * request.Withdrawals.Count)
        : long.MaxValue;

    /// <summary>What stands in the block, in the form that a block holds.</summary>
    internal List<Transaction> Included { get; } = [];

    /// <summary>What can never be executed any more, and why.</summary>
    internal List<(Transaction Transaction, TransactionError Error)> Refused { get; } = [];

    /// <summary>What was tried and does not stand in the block.</summary>
    internal List<LeftOutTransaction> LeftOut { get; } = [];

    /// <summary>What must be fetched before all of it can run.</summary>
    internal List<StateKey> Missing { get; } = [];

    /// <summary>The transactions that missed it.</summary>
    internal List<PlannedRun> Stalled { get; } = [];

    internal void TakeFrom(ITransactionSource source, CancellationToken cancellation)
    {
        while (Included.Count < request.TransactionsMax
            && execution.Environment.GasLimit - execution.GasUsed >= _leastGas
            && !cancellation.IsCancellationRequested
            && source.TryTake(out Transaction? candidate))
        {
            Try(source, candidate);
        }
    }

    private void Try(ITransactionSource source, Transaction candidate)
    {
        // A block holds the form without blobs.
        Transaction transaction = candidate.WithoutSidecar();
        int bytes = SizeInBlock(transaction);
        if (bytes > _bytesLeft)
        {
            LeftOut.Add(new LeftOutTransaction(candidate, TransactionError.None, "no room for its bytes"));
            source.Leave(TransactionError.None);
            return;
        }

        TransactionOutcome outcome = execution.Execute(transaction);
        if (outcome.Error == TransactionError.None)
        {
            Included.Add(transaction);
            _bytesLeft -= bytes;
            source.Include();
            return;
        }

        LeftOut.Add(new LeftOutTransaction(candidate, outcome.Error, outcome.Detail));
        if (MayFitLater(outcome.Error))
        {
            // The others run on, so that one fetch brings what all of them miss.
            Missing.AddRange(outcome.MissingKeys);
            if (outcome.MissingKeys.Count > 0 && transaction.TryGetSender(out Address sender))
            {
                Stalled.Add(new PlannedRun(transaction, sender));
            }
        }
        else
        {
            Refused.Add((candidate, outcome.Error));
        }

        source.Leave(outcome.Error);
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
}
