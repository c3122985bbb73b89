using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.Transactions;
using Koinon.State.Stored;
using Koinon.Storage;

namespace Koinon.Chain.Ledger;

/// <summary>Recomputes every root of a stored chain, and holds its tables against each other.</summary>
/// <remarks>For a ledger that nobody writes to meanwhile. Nothing is repaired.</remarks>
/// <param name="ledger">The ledger.</param>
/// <param name="fault">Receives what is wrong, in words.</param>
/// <param name="note">Receives what is worth knowing and may be right.</param>
public sealed class LedgerVerification(Ledger ledger, Action<string> fault, Action<string> note)
{
    private readonly IStore _store = ledger.Store;
    private readonly StateVerification _state = new(ledger.Store, ledger.States, fault);
    private long _logEntries;

    /// <summary>Blocks looked at.</summary>
    public long Blocks { get; private set; }

    /// <summary>Their transactions.</summary>
    public long Transactions { get; private set; }

    /// <summary>Their logs.</summary>
    public long Logs { get; private set; }

    /// <summary>Accounts of the newest state.</summary>
    public long Accounts => _state.Accounts;

    /// <summary>Their slots.</summary>
    public long Slots => _state.Slots;

    /// <summary>Looks at everything.</summary>
    /// <param name="progress">Told the number of each block.</param>
    /// <param name="cancellation">Ends it.</param>
    public void Run(Action<ulong>? progress, CancellationToken cancellation)
    {
        LedgerBlock? parent = null;
        ulong first = ledger.GenesisBlock.Number;
        for (ulong number = first; number <= ledger.Head.Number; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (number != first && number < ledger.OldestBlockKept)
            {
                parent = null;
                number = ledger.OldestBlockKept;
            }

            LedgerBlock? block = Check(number, parent);
            progress?.Invoke(number);
            parent = block;
        }

        CheckCounts();
        _state.Run(cancellation);
    }

    private LedgerBlock? Check(ulong number, LedgerBlock? parent)
    {
        try
        {
            if (!ledger.TryGet(number, out LedgerBlock? block))
            {
                fault($"block {number} is missing");
                return null;
            }

            Blocks++;
            if (number != ledger.GenesisBlock.Number) CheckHeader(block, parent);
            CheckTransactions(block);
            CheckLogs(block);
            CheckState(block);
            return block;
        }
        catch (Exception damage) when (damage is LedgerException or StoreException)
        {
            fault($"block {number}: {damage.Message}");
            return null;
        }
    }

    private void CheckHeader(LedgerBlock block, LedgerBlock? parent)
    {
        BlockHeader header = block.Header;
        Expect(block, "hash", ledger.Consensus.HashOf(header), block.Hash);
        Expect(block, "transactions root", BodyRoots.Of(block.Block.Transactions), header.TransactionsRoot);
        Expect(block, "receipts root", BodyRoots.Of(block.Receipts), header.ReceiptsRoot);
        Expect(block, "uncles hash", BlockHeader.UnclesHashOf(block.Block.Uncles), header.UnclesHash);
        if (block.Block.Withdrawals is { } withdrawals)
        {
            Expect(block, "withdrawals root", BodyRoots.Of(withdrawals), header.WithdrawalsRoot ?? Hash256.Zero);
        }

        Bloom bloom = default;
        foreach (Receipt receipt in block.Receipts) bloom.Or(receipt.Bloom);
        if (bloom != header.LogsBloom) fault($"block {block.Number}: the logs bloom is not that of the receipts");
        if (parent is null) return;

        Expect(block, "parent hash", parent.Hash, header.ParentHash);
        Expect(block, "total difficulty", parent.TotalDifficulty + header.Difficulty, block.TotalDifficulty);
    }

    private void CheckTransactions(LedgerBlock block)
    {
        using IReadTransaction transaction = _store.BeginRead();
        if (BlockTables.ReadNumber(transaction, block.Hash) != block.Number)
        {
            fault($"block {block.Number} is not found by its hash {block.Hash}");
        }

        IReadOnlyList<Transaction> transactions = block.Block.Transactions;
        if (transactions.Count != block.Receipts.Count)
        {
            fault($"block {block.Number} has {transactions.Count} transactions and {block.Receipts.Count} receipts");
        }

        // Decoded anew, so that senders are recovered from signatures and not taken from their table.
        Block.TryDecode(block.Block.Encode(), out Block? again, out _);
        Transaction.RecoverSenders(again!.Transactions);
        for (int i = 0; i < transactions.Count; i++)
        {
            Transactions++;
            Hash256 hash = transactions[i].Hash;
            if (BlockTables.ReadTransaction(transaction, hash) is not { } place
                || (place != (block.Number, i) && place.Number <= block.Number))
            {
                fault($"transaction {i} of block {block.Number} is not found by its hash {hash}");
            }

            transactions[i].TryGetSender(out Address kept);
            if (!again.Transactions[i].TryGetSender(out Address sender) || sender != kept)
            {
                fault($"transaction {i} of block {block.Number} was signed by {sender}, the table says {kept}");
            }
        }
    }

    private void CheckLogs(LedgerBlock block)
    {
        using IReadTransaction transaction = _store.BeginRead();
        foreach (Receipt receipt in block.Receipts) Logs += receipt.Logs.Count;
        _logEntries += LogIndex.Check(transaction, block, out int missing);
        if (missing != 0) fault($"block {block.Number}: {missing} entries of the log index are missing or wrong");
    }

    private void CheckState(LedgerBlock block)
    {
        if (block.Number < ledger.OldestStateKept) return;

        if (ledger.States.At(block.Number) is not { } state)
        {
            fault($"the state of block {block.Number} is missing");
        }
        else if (state.Root != block.Header.StateRoot)
        {
            note($"the state of block {block.Number} was edited: its root is {state.Root}, the header's "
                + $"{block.Header.StateRoot}");
        }
    }

    /// <summary>Looks for entries that nothing stands behind.</summary>
    private void CheckCounts()
    {
        using IReadTransaction transaction = _store.BeginRead();
        foreach (StoreTable table in (StoreTable[])[LedgerTables.Blocks, LedgerTables.Numbers])
        {
            long found = Count(transaction, table);
            if (found != Blocks) fault($"the table '{table}' has {found} entries for {Blocks} blocks");
        }

        long places = Count(transaction, LedgerTables.Transactions);
        if (places > Transactions) fault($"the table of transactions has {places} entries for {Transactions}");
        long entries = Count(transaction, LedgerTables.Logs);
        if (entries != _logEntries) fault($"the log index has {entries} entries, the logs give {_logEntries}");
    }

    // Of blocks whose bodies were given up lately the hash is left.
    private static long Count(IReadTransaction transaction, StoreTable table)
    {
        using IStoreCursor cursor = transaction.OpenCursor(table);
        long count = 0;
        while (cursor.MoveNext()) count += table == LedgerTables.Blocks && cursor.Value.Length == Hash256.Size ? 0 : 1;
        return count;
    }

    private void Expect<T>(LedgerBlock block, string what, in T right, in T found)
        where T : IEquatable<T>
    {
        if (!right.Equals(found)) fault($"block {block.Number}: {what} {found}, should be {right}");
    }
}
