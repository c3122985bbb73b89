using System.Text.Json;
using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.Rlp;
using Koinon.Primitives.State;
using Koinon.Rpc.Development.Mining;
using Koinon.State;

namespace Koinon.Node.Development.States;

/// <summary>
/// Writes state files piece by piece: in anvil's format, and beside it the whole chain, which anvil passes over.
/// </summary>
/// <param name="ledger">The chain.</param>
/// <param name="output">Where to.</param>
internal sealed class StateFileWriter(Ledger ledger, Stream output) : IAsyncDisposable
{
    /// <summary>As much is written at once.</summary>
    private const int FlushBytes = 64 * 1024;

    private readonly Utf8JsonWriter _writer = new(output, new JsonWriterOptions { SkipValidation = true });
    private readonly HashSet<Hash256> _codes = [];

    /// <summary>Writes the chain up to a block.</summary>
    /// <param name="head">The block.</param>
    /// <param name="state">Its state.</param>
    /// <param name="cancellation">Ends it.</param>
    public async ValueTask WriteAsync(LedgerBlock head, WorldState state, CancellationToken cancellation)
    {
        _writer.WriteStartObject();
        WriteBlock(head);
        await WriteAccountsAsync("accounts", state, cancellation).ConfigureAwait(false);
        _writer.WriteNumber("best_block_number", head.Number);
        ulong first = Math.Max(ledger.OldestBlockKept, ledger.GenesisBlock.Number);
        _writer.WriteStartArray("blocks");
        await ForEachAsync(first, head, WriteAnvilBlock, cancellation).ConfigureAwait(false);
        _writer.WriteEndArray();
        _writer.WriteStartArray("transactions");
        await ForEachAsync(first, head, WriteAnvilTransactions, cancellation).ConfigureAwait(false);
        _writer.WriteEndArray();
        _writer.WriteNull("historical_states");
        await WriteHistoryAsync(Math.Max(first, ledger.OldestStateKept), head, cancellation).ConfigureAwait(false);
        _writer.WriteEndObject();
        await _writer.FlushAsync(cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private async ValueTask WriteHistoryAsync(ulong from, LedgerBlock head, CancellationToken cancellation)
    {
        _codes.Clear();
        if (!ledger.TryGet(from, out LedgerBlock? first) || first.State is not { } state)
        {
            return;
        }

        _writer.WriteStartArray(StateFileReader.History);
        _writer.WriteStartObject();
        WriteBody(first);
        await WriteAccountsAsync("changes", state, cancellation).ConfigureAwait(false);
        _writer.WriteEndObject();
        await ForEachAsync(from + 1, head, WriteHistoryBlock, cancellation).ConfigureAwait(false);
        _writer.WriteEndArray();
    }

    private async ValueTask ForEachAsync(
        ulong from, LedgerBlock head, Action<LedgerBlock> write, CancellationToken cancellation)
    {
        for (ulong number = from; number <= head.Number && ledger.TryGet(number, out LedgerBlock? block); number++)
        {
            write(block);
            await FlushAsync(cancellation).ConfigureAwait(false);
        }
    }

    private async ValueTask FlushAsync(CancellationToken cancellation)
    {
        if (_writer.BytesPending > FlushBytes)
        {
            await _writer.FlushAsync(cancellation).ConfigureAwait(false);
        }
    }

    private void WriteAnvilBlock(LedgerBlock block) =>
        AnvilBlockShapes.BlockOf(block, ledger.Consensus.HashOf).WriteTo(_writer);

    private void WriteAnvilTransactions(LedgerBlock block)
    {
        foreach (System.Text.Json.Nodes.JsonNode transaction in AnvilBlockShapes.TransactionsOf(block))
        {
            transaction.WriteTo(_writer);
        }
    }

    private void WriteHistoryBlock(LedgerBlock block)
    {
        StateChanges changes = ledger.ChangesOf(block.Number);
        _writer.WriteStartObject();
        WriteBody(block);
        _writer.WriteStartObject("changes");
        foreach ((Address address, AccountChange change) in changes.Accounts)
        {
            WriteChange(address, change, block.State!);
        }

        _writer.WriteEndObject();
        _writer.WriteEndObject();
    }

    private void WriteBody(LedgerBlock block)
    {
        _writer.WriteString("block", Hex.Encode(block.Block.Encode()));
        _writer.WriteStartArray("receipts");
        foreach (Receipt receipt in block.Receipts)
        {
            _writer.WriteStringValue(TextOf(receipt));
        }

        _writer.WriteEndArray();
    }

    private static string TextOf(Receipt receipt)
    {
        RlpWriter encoded = new(stackalloc byte[512]);
        receipt.EncodeTo(ref encoded);
        string text = Hex.Encode(encoded.Written);
        encoded.Dispose();
        return text;
    }

    private void WriteChange(in Address address, AccountChange change, WorldState state)
    {
        if (change.Account is not { } account)
        {
            _writer.WriteNull(address.ToString());
            return;
        }

        _writer.WriteStartObject(address.ToString());
        WriteFields(account, state, writesCodeOnce: true);
        if (change.StorageWiped)
        {
            _writer.WriteBoolean("wiped", true);
        }

        WriteSlots(change.Slots);
        _writer.WriteEndObject();
    }

    private void WriteBlock(LedgerBlock head)
    {
        BlockHeader header = head.Header;
        _writer.WriteStartObject("block");
        _writer.WriteString("number", Quantity(header.Number));
        _writer.WriteString("beneficiary", header.Beneficiary.ToString());
        _writer.WriteString("timestamp", Quantity(header.Timestamp));
        _writer.WriteNumber("gas_limit", header.GasLimit);
        _writer.WriteNumber("basefee", (header.BaseFeePerGas ?? UInt256.Zero).U0);
        _writer.WriteString("difficulty", Quantity(header.Difficulty));
        _writer.WriteString("prevrandao", header.MixHash.ToString());
        if (header.ExcessBlobGas is { } excess)
        {
            _writer.WriteStartObject("blob_excess_gas_and_price");
            _writer.WriteNumber("excess_blob_gas", excess);
            _writer.WriteNumber("blob_gasprice", head.Rules.Blobs?.PriceOf(excess).U0 ?? 0);
            _writer.WriteEndObject();
        }
        else
        {
            _writer.WriteNull("blob_excess_gas_and_price");
        }

        _writer.WriteEndObject();
    }

    private async ValueTask WriteAccountsAsync(string name, WorldState state, CancellationToken cancellation)
    {
        _writer.WriteStartObject(name);
        foreach ((Address address, Account account) in state.EnumerateAccounts())
        {
            _writer.WriteStartObject(address.ToString());
            WriteFields(account, state, writesCodeOnce: false);
            WriteSlots(state.EnumerateSlots(address));
            _writer.WriteEndObject();
            await FlushAsync(cancellation).ConfigureAwait(false);
        }

        _writer.WriteEndObject();
    }

    private void WriteFields(in Account account, WorldState state, bool writesCodeOnce)
    {
        _writer.WriteNumber("nonce", account.Nonce);
        _writer.WriteString("balance", Quantity(account.Balance));
        bool isNew = _codes.Add(account.CodeHash);
        if (isNew || !writesCodeOnce)
        {
            state.ReadCode(account.CodeHash, out ReadOnlyMemory<byte> code);
            _writer.WriteString("code", Hex.Encode(code.Span));
        }
        else
        {
            _writer.WriteString("codeHash", account.CodeHash.ToString());
        }
    }

    private void WriteSlots(IEnumerable<KeyValuePair<UInt256, UInt256>> slots)
    {
        _writer.WriteStartObject("storage");
        foreach ((UInt256 slot, UInt256 value) in slots)
        {
            _writer.WriteString(Hash256.FromWord(slot).ToString(), Hash256.FromWord(value).ToString());
        }

        _writer.WriteEndObject();
    }

    private static string Quantity(in UInt256 value) => value.ToString("x", null);
}
