using Koinon.Chain;
using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Evm;
using Koinon.Evm.Tracing;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.Transactions;

namespace Koinon.Fixtures.Formats.BlockchainTests;

/// <summary>Writes what the transactions of a block do, before the block is imported.</summary>
internal static class BlockTrace
{
    /// <summary>Runs the block's transactions on its parent's state, with a line for each instruction.</summary>
    /// <remarks>A block that does not decode, or whose parent is not there, has nothing to run.</remarks>
    internal static void Write(Ledger ledger, byte[] rlp, TraceOutput trace)
    {
        if (!Block.TryDecode(rlp, out Block? block, out _)
            || !ledger.TryGet(block.Header.ParentHash, out LedgerBlock? parent)
            || parent.State is not { } state)
        {
            return;
        }

        BlockHeader header = block.Header;
        ActiveRules rules = ledger.Schedule.At(header.Number, header.Timestamp, parent.TotalDifficulty);
        Eip3155Tracer tracer = new(trace);
        BlockExecution execution = new(
            ledger.Executor.Transactions, ledger.Genesis.Network, rules, HeaderDraft.Of(header), header.Beneficiary,
            state, new Ancestry(ledger, parent));
        foreach (Transaction transaction in block.Transactions)
        {
            // Once for the lines, once for what the next transaction stands on.
            if (transaction.TryGetSender(out Koinon.Primitives.Address sender))
            {
                ledger.Executor.Transactions.Execute(
                    rules.Fork, execution.Environment, execution.State, transaction, sender,
                    ExecutionLimits.None, ref tracer);
            }

            execution.Execute(transaction);
        }
    }
}
