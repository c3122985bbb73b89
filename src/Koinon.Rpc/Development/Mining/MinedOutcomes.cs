using System.Text.Json;
using System.Text.Json.Nodes;
using Koinon.Abi;
using Koinon.Chain;
using Koinon.Chain.Ledger;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Json;
using Koinon.State;

namespace Koinon.Rpc.Development.Mining;

/// <summary>Says what transactions in blocks returned, by running them again: receipts do not hold it.</summary>
/// <param name="ledger">The chain.</param>
public sealed class MinedOutcomes(Ledger ledger)
{
    /// <summary>Runs a block's transactions again, up to one.</summary>
    /// <param name="block">The block.</param>
    /// <param name="index">The transaction's place.</param>
    /// <returns>What came of it; <see langword="null"/> where the state before the block is no longer kept.</returns>
    public TransactionOutcome? Find(LedgerBlock block, int index) =>
        Run(block, index + 1) is { Count: > 0 } outcomes && outcomes.Count == index + 1 ? outcomes[index] : null;

    /// <summary>The block with its transactions whole, and with what each returned.</summary>
    public JsonNode Describe(LedgerBlock block)
    {
        IReadOnlyList<Transaction> transactions = block.Block.Transactions;
        BlockJson shape = BlockJson.Of(block, ledger.Consensus.HashOf, wholeTransactions: true);
        JsonNode described = JsonSerializer.SerializeToNode(shape, RpcJsonContext.Default.BlockJson)!;
        IReadOnlyList<TransactionOutcome> outcomes = Run(block, transactions.Count);
        for (int index = 0; index < outcomes.Count; index++)
        {
            JsonNode transaction = described["transactions"]![index]!;
            ReadOnlyMemory<byte> returned = outcomes[index].ReturnData;
            transaction["output"] = Hex.Encode(returned.Span);
            if (outcomes[index].Halt == HaltReason.Reverted
                && RevertReason.TryDecode(returned.Span, out string? reason))
            {
                transaction["revertReason"] = reason;
            }
        }

        return described;
    }

    private List<TransactionOutcome> Run(LedgerBlock block, int count)
    {
        List<TransactionOutcome> outcomes = new(count);
        if (!ledger.TryGet(block.Header.ParentHash, out LedgerBlock? parent) || parent.State is not WorldState state)
        {
            return outcomes;
        }

        BlockExecution execution = new(
            ledger.Executor.Transactions,
            ledger.Genesis.Network,
            block.Rules,
            HeaderDraft.Of(block.Header),
            block.Sealed.Author,
            state,
            new Ancestry(ledger, parent));
        for (int index = 0; index < count; index++)
        {
            TransactionOutcome outcome = execution.Execute(block.Block.Transactions[index]);
            if (outcome.Error != TransactionError.None)
            {
                break;
            }

            outcomes.Add(outcome);
        }

        return outcomes;
    }
}
