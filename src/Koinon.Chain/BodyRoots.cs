using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.Rlp;
using Koinon.Primitives.Transactions;
using Koinon.State.Tries;

namespace Koinon.Chain;

/// <summary>The roots that a header states of its body.</summary>
public static class BodyRoots
{
    /// <summary>The root of no items.</summary>
    public static Hash256 Empty { get; } = OrderedTrie.Root([]);

    /// <summary>The transactions root.</summary>
    public static Hash256 Of(IReadOnlyList<Transaction> transactions)
    {
        ReadOnlyMemory<byte>[] items = new ReadOnlyMemory<byte>[transactions.Count];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = transactions[i].Encoded;
        }

        return OrderedTrie.Root(items);
    }

    /// <summary>The receipts root.</summary>
    public static Hash256 Of(IReadOnlyList<Receipt> receipts)
    {
        ReadOnlyMemory<byte>[] items = new ReadOnlyMemory<byte>[receipts.Count];
        for (int i = 0; i < items.Length; i++)
        {
            RlpWriter writer = new([]);
            receipts[i].EncodeTo(ref writer);
            items[i] = writer.Written.ToArray();
            writer.Dispose();
        }

        return OrderedTrie.Root(items);
    }

    /// <summary>The withdrawals root (EIP-4895).</summary>
    public static Hash256 Of(IReadOnlyList<Withdrawal> withdrawals)
    {
        ReadOnlyMemory<byte>[] items = new ReadOnlyMemory<byte>[withdrawals.Count];
        for (int i = 0; i < items.Length; i++)
        {
            RlpWriter writer = new([]);
            withdrawals[i].EncodeTo(ref writer);
            items[i] = writer.Written.ToArray();
            writer.Dispose();
        }

        return OrderedTrie.Root(items);
    }
}
