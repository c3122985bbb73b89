using System.Text.Json;
using Koinon.Chain.Ledger;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Trace;

namespace Koinon.Rpc.Ots;

/// <summary><c>ots_getBlockTransactions</c>: a page of a block's transactions, the last ones first; null where there is
/// no such block.</summary>
/// <param name="blocks">Finds blocks.</param>
public sealed class OtsGetBlockTransactions(BlockLookup blocks)
    : RpcStreamMethod<(BlockReference Block, ulong Page, ulong Size)>
{
    /// <inheritdoc/>
    public override string Name => "ots_getBlockTransactions";

    /// <inheritdoc/>
    protected override (BlockReference Block, ulong Page, ulong Size) Read(ref ParameterReader reader) =>
        (reader.Block(), reader.UInt64(), reader.UInt64());

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        (BlockReference Block, ulong Page, ulong Size) parameters, CancellationToken cancellation)
    {
        if (blocks.Find(parameters.Block) is not { } block)
        {
            return new(EmptyAnswers.Null);
        }

        UInt128 end = (ulong)block.Block.Transactions.Count;
        UInt128 skipped = (UInt128)parameters.Page * parameters.Size;
        end = skipped < end ? end - skipped : 0;
        UInt128 start = parameters.Size < end ? end - parameters.Size : 0;
        return new((RpcStreamBody)(stream => Write(block, (int)start, (int)end, stream)));
    }

    private RpcError? Write(LedgerBlock block, int start, int end, RpcValueStream stream)
    {
        OtsShapes shapes = new(blocks.Ledger, stream);
        Utf8JsonWriter json = stream.Json;
        json.WriteStartObject();
        json.WriteStartObject("fullblock"u8);
        shapes.WriteBlockMembers(block);
        json.WriteStartArray("transactions"u8);
        for (int i = start; i < end; i++)
        {
            shapes.WriteTransaction(new LedgerTransaction(block, i), cutsInput: true);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray("receipts"u8);
        for (int i = start; i < end; i++)
        {
            shapes.WriteReceipt(new LedgerTransaction(block, i), withLogs: false);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return null;
    }
}
