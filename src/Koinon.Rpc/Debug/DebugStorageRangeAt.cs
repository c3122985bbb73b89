using System.Text.Json;
using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Tracing;
using Koinon.State;

namespace Koinon.Rpc.Debug;

/// <summary><c>debug_storageRangeAt</c>: the slots of an account before a transaction, in the order of their
/// hashes.</summary>
/// <param name="traces">Runs the block up to the transaction.</param>
public sealed class DebugStorageRangeAt(TraceRunner traces) : RpcStreamMethod<StorageRange>
{
    /// <inheritdoc/>
    public override string Name => "debug_storageRangeAt";

    /// <inheritdoc/>
    protected override StorageRange Read(ref ParameterReader reader) => new(
        reader.Block(), reader.UInt64(), reader.Address(), reader.Data(), reader.UInt64());

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        StorageRange parameters, CancellationToken cancellation)
    {
        if (parameters.Start.Length > Hash256.Size)
        {
            return RpcError.InvalidParameters("invalid argument 3: a hash, or the beginning of one, is expected");
        }

        if (parameters.Count > (ulong)traces.Limits.RangeMax)
        {
            return RpcError.InvalidParameters(
                $"invalid argument 4: {parameters.Count} slots are asked for, "
                + $"at most {traces.Limits.RangeMax} are shown");
        }

        RpcResult<LedgerBlock> block = traces.Calls.Find(parameters.Block);
        if (block.Error is not null)
        {
            return block.Error;
        }

        LedgerBlock? parent = null;
        bool isGenesis = block.Value!.Number == traces.Ledger.GenesisBlock.Number;
        if (!isGenesis && !traces.Ledger.TryGet(block.Value.Header.ParentHash, out parent))
        {
            return RpcError.Server($"parent {block.Value.Header.ParentHash} not found");
        }

        if ((isGenesis ? block.Value : parent!).State is not { } kept)
        {
            return RpcError.Server($"missing state: that of block {block.Value.Number} is no longer kept");
        }

        RpcResult<IStateView> state = isGenesis
            ? kept
            : await traces.StateBeforeAsync(block.Value, parameters.Index, cancellation).ConfigureAwait(false);
        return state.Error is not null
            ? state.Error
            : traces.InTurn(stream => Write(parameters, kept, state.Value!, stream));
    }

    private static RpcError? Write(StorageRange range, WorldState kept, IStateView state, RpcValueStream stream)
    {
        (List<SlotEntry> slots, Hash256? next) = Collect(range, kept, state, stream.Cancellation);
        Utf8JsonWriter json = stream.Json;
        json.WriteStartObject();
        json.WriteStartObject("storage"u8);
        foreach (SlotEntry slot in slots)
        {
            json.WriteWordName(slot.Hash.ToWord());
            json.WriteStartObject();
            json.WriteHash("key"u8, Hash256.FromWord(slot.Key));
            json.WriteHash("value"u8, Hash256.FromWord(slot.Value));
            json.WriteEndObject();
            stream.FlushWhenFull();
        }

        json.WriteEndObject();
        if (next is { } hash)
        {
            json.WriteHash("nextKey"u8, hash);
        }
        else
        {
            json.WriteNull("nextKey"u8);
        }

        json.WriteEndObject();
        return null;
    }

    // Slots are kept in no order of their hashes: the lowest that fit are gathered in one pass.
    private static (List<SlotEntry> Slots, Hash256? Next) Collect(
        StorageRange range, WorldState kept, IStateView state, CancellationToken cancellation)
    {
        byte[] padded = new byte[Hash256.Size];
        range.Start.CopyTo(padded);
        Hash256 first = new(padded);
        int most = (int)range.Count + 1;
        PriorityQueue<SlotEntry, Hash256> lowest = new(Comparer<Hash256>.Create(static (a, b) => b.CompareTo(a)));
        HashSet<UInt256> keys = state is OverlayView overlay
            && overlay.Changes.Accounts.TryGetValue(range.Address, out AccountChange? change)
                ? [.. change.Slots.Keys]
                : [];
        IEnumerable<UInt256> all = kept.EnumerateSlots(range.Address).Select(static entry => entry.Key)
            .Where(key => !keys.Contains(key)).Concat(keys);
        foreach (UInt256 key in all)
        {
            cancellation.ThrowIfCancellationRequested();
            Hash256 word = Hash256.FromWord(key);
            Hash256 hash = Hash256.Keccak(Hash256.AsSpan(in word));
            if (hash < first || state.ReadSlot(range.Address, key, out UInt256 value) != ReadStatus.Found
                || value.IsZero)
            {
                continue;
            }

            lowest.Enqueue(new SlotEntry(hash, key, value), hash);
            if (lowest.Count > most)
            {
                lowest.Dequeue();
            }
        }

        List<SlotEntry> slots = [.. lowest.UnorderedItems.Select(static item => item.Element)
            .OrderBy(static slot => slot.Hash)];
        if (slots.Count < most)
        {
            return (slots, null);
        }

        Hash256 next = slots[^1].Hash;
        slots.RemoveAt(slots.Count - 1);
        return (slots, next);
    }

    private readonly record struct SlotEntry(Hash256 Hash, UInt256 Key, UInt256 Value);
}
