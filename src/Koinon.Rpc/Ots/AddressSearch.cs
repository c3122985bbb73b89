using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Ots;

/// <summary>Finds the transactions of an address by running blocks again, one after another.</summary>
/// <remarks>
/// There is no index of addresses: the number of blocks that one search runs is bounded. Where the bound is met before
/// anything was found, the search says so; where something was, the page ends there and the next one goes on from it.
/// </remarks>
/// <param name="traces">Runs the blocks.</param>
internal sealed class AddressSearch(TraceRunner traces)
{
    /// <summary>The most transactions of a page; blocks are never split.</summary>
    private const ulong PageMax = 1_000;

    /// <summary>Gives what writes a page.</summary>
    /// <param name="address">The address.</param>
    /// <param name="from">The block that the search starts from, itself left out; 0 for the chain's end.</param>
    /// <param name="size">How many transactions are wanted.</param>
    /// <param name="isBackwards">Whether blocks before it are searched, else those after it.</param>
    public RpcStreamBody Page(Address address, ulong from, ulong size, bool isBackwards) =>
        traces.InTurn(stream => Write(address, from, Math.Min(size, PageMax), isBackwards, stream));

    private RpcError? Write(Address address, ulong from, ulong size, bool isBackwards, RpcValueStream stream)
    {
        ulong first = traces.Ledger.GenesisBlock.Number + 1;
        ulong last = traces.Ledger.Head.Number;
        List<LedgerTransaction> found = [];
        ulong number = isBackwards
            ? (from == 0 ? last : Math.Min(from - 1, last))
            : (from == 0 ? first : Math.Max(from == ulong.MaxValue ? from : from + 1, first));
        ulong blocks = 0;
        while (number >= first && number <= last && (ulong)found.Count < size)
        {
            if (++blocks > traces.Limits.SearchBlocksMax)
            {
                break;
            }

            if (SearchBlock(number, address, isBackwards, found, stream) is { } error)
            {
                return error;
            }

            number = isBackwards ? number - 1 : number + 1;
        }

        bool isAtEnd = number < first || number > last;
        if (!isAtEnd && found.Count == 0)
        {
            // No limit of those that clients ask again for.
            return RpcError.InvalidParameters(
                $"no transaction of {address} in {traces.Limits.SearchBlocksMax} blocks, which is the most that one "
                + $"search looks through: go on from block {number}");
        }

        if (!isBackwards)
        {
            found.Reverse();
        }

        bool isFirstPage = isBackwards ? from == 0 : isAtEnd;
        bool isLastPage = isBackwards ? isAtEnd : from == 0;
        WritePage(found, isFirstPage, isLastPage, stream);
        return null;
    }

    private RpcError? SearchBlock(
        ulong number, Address address, bool isBackwards, List<LedgerTransaction> found, RpcValueStream stream)
    {
        if (!traces.Ledger.TryGet(number, out LedgerBlock? block))
        {
            return RpcError.Server($"block #{number} not found");
        }

        if (block.Block.Transactions.Count == 0)
        {
            return null;
        }

        RpcResult<ReplaySource> source = traces.SourceOf(block);
        if (source.Error is not null)
        {
            return source.Error;
        }

        List<int> touched = [];
        TracerChoice choice = new("", target => new TouchTracer(target, address, touched.Add));
        BlockReplay replay = new(traces.Ledger, source.Value!);
        while (replay.Next < source.Value!.Count)
        {
            if (traces.TraceNext(replay, choice, timeout: null, stream) is { } error)
            {
                return error;
            }
        }

        if (isBackwards)
        {
            touched.Reverse();
        }

        found.AddRange(touched.Select(index => new LedgerTransaction(block, index)));
        return null;
    }

    private void WritePage(
        List<LedgerTransaction> found, bool isFirstPage, bool isLastPage, RpcValueStream stream)
    {
        OtsShapes shapes = new(traces.Ledger, stream);
        stream.Json.WriteStartObject();
        stream.Json.WriteStartArray("txs"u8);
        found.ForEach(one => shapes.WriteTransaction(one, cutsInput: false));
        stream.Json.WriteEndArray();
        stream.Json.WriteStartArray("receipts"u8);
        found.ForEach(one => shapes.WriteReceipt(one, withLogs: true));
        stream.Json.WriteEndArray();
        stream.Json.WriteBoolean("firstPage"u8, isFirstPage);
        stream.Json.WriteBoolean("lastPage"u8, isLastPage);
        stream.Json.WriteEndObject();
    }
}
