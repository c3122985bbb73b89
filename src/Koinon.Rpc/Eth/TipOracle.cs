using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Eth;

/// <summary>
/// What a transaction may offer above the base fee to be taken soon: what the cheapest of recent blocks offered.
/// </summary>
/// <remarks>
/// As in geth: of each of the last blocks the three lowest tips that others than its author paid, and of all of them
/// the sixtieth in a hundred. Blocks in which nobody paid say nothing. Safe from any thread; asked again under the
/// same head it answers from memory.
/// </remarks>
/// <param name="ledger">The chain.</param>
internal sealed class TipOracle(Ledger ledger)
{
    private const int BlocksMax = 20;
    private const int TipsOfBlock = 3;
    private const int Percentile = 60;

    /// <summary>Tips that are as good as none: zero and one wei.</summary>
    private static readonly UInt256 Least = 2u;
    private static readonly UInt256 Lowest = 1_000_000u;
    private static readonly UInt256 Highest = 500_000_000_000u;

    private Answer? _last;

    /// <summary>The tip.</summary>
    /// <param name="usual">What it is where nothing is known.</param>
    public UInt256 Tip(in UInt256 usual)
    {
        LedgerBlock head = ledger.Head;
        Answer? last = Volatile.Read(ref _last);
        if (last is null || last.Head != head.Hash)
        {
            last = new Answer(head.Hash, Measure(head));
            Volatile.Write(ref _last, last);
        }

        return last.Tip ?? usual;
    }

    private UInt256? Measure(LedgerBlock head)
    {
        List<UInt256> tips = [];
        LedgerBlock? block = head;
        for (int i = 0; i < BlocksMax && block is not null; i++)
        {
            AddTipsOf(block, tips);
            block = block.Number > 0 && ledger.TryGet(block.Header.ParentHash, out LedgerBlock? parent) ? parent : null;
        }

        if (tips.Count == 0)
        {
            return null;
        }

        tips.Sort();
        UInt256 tip = tips[(tips.Count - 1) * Percentile / 100];
        return tip < Lowest ? Lowest : tip > Highest ? Highest : tip;
    }

    private static void AddTipsOf(LedgerBlock block, List<UInt256> tips)
    {
        UInt256 baseFee = block.Header.BaseFeePerGas ?? UInt256.Zero;
        List<(UInt256 Tip, Transaction Transaction)> paid = [];
        foreach (Transaction transaction in block.Block.Transactions)
        {
            UInt256 price = EffectiveGasPrice.Of(transaction, baseFee);
            if (price > baseFee && price - baseFee >= Least)
            {
                paid.Add((price - baseFee, transaction));
            }
        }

        // Only the lowest are asked who sent them: for a block that just came, that is the dear part.
        paid.Sort(static (left, right) => left.Tip.CompareTo(right.Tip));
        tips.AddRange(paid
            .Where(one => one.Transaction.TryGetSender(out Address sender) && sender != block.Sealed.Author)
            .Take(TipsOfBlock)
            .Select(static one => one.Tip));
    }

    private sealed record Answer(Hash256 Head, UInt256? Tip);
}
