using System.Text;
using Koinon.Chain.Ledger;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Logs;

/// <summary>A range of blocks of the canonical chain, both ends included.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The last.</param>
internal readonly record struct LogRange(ulong From, ulong To)
{
    /// <summary>A range without blocks.</summary>
    public static readonly LogRange Empty = new(1, 0);

    /// <summary>Whether it has no blocks.</summary>
    public bool IsEmpty => From > To;

    /// <summary>The first block is after the last (geth's text).</summary>
    public static readonly RpcError InvalidRange = RpcError.InvalidParameters("invalid block range params");

    /// <summary>A pending block has no logs to look for (geth's text).</summary>
    public static readonly RpcError PendingNotSupported = RpcError.InvalidParameters("pending logs are not supported");

    /// <summary>The range that a filter asks for.</summary>
    /// <param name="filter">The filter; it does not name one block by its hash.</param>
    /// <param name="blocks">Finds blocks.</param>
    /// <param name="blocksMax">The most blocks; any number where it is 0.</param>
    public static RpcResult<LogRange> Of(LogFilter filter, BlockLookup blocks, ulong blocksMax)
    {
        BlockReference from = filter.From ?? BlockReference.Latest;
        BlockReference to = filter.To ?? BlockReference.Latest;
        if (from.Tag == BlockTag.Pending || to.Tag == BlockTag.Pending)
        {
            return PendingNotSupported;
        }

        Ledger ledger = blocks.Ledger;
        ulong head = ledger.Head.Number;
        if (to.Tag == BlockTag.Number && to.Number > head)
        {
            return RpcError.InvalidParameters("block range extends beyond current head block");
        }

        if (NumberOf(from, blocks) is not { } first || NumberOf(to, blocks) is not { } last || first > last)
        {
            return InvalidRange;
        }

        ulong oldest = ledger.OldestBlockKept;
        if (first < oldest)
        {
            return Refuse(
                RpcErrorCode.Pruned, $"pruned history unavailable: the oldest block kept is {oldest}", oldest, last);
        }

        return blocksMax > 0 && last - first >= blocksMax
            ? Refuse(
                RpcErrorCode.InvalidParameters,
                $"exceed maximum block range: {blocksMax}",
                first,
                first + blocksMax - 1)
            : new LogRange(first, last);
    }

    /// <summary>The part of the range that a filter asks for whose blocks are there; it may be empty.</summary>
    /// <param name="filter">The filter; it does not name one block by its hash.</param>
    /// <param name="blocks">Finds blocks.</param>
    /// <param name="blocksMax">The most blocks; any number where it is 0.</param>
    public static RpcResult<LogRange> Within(LogFilter filter, BlockLookup blocks, ulong blocksMax)
    {
        ulong head = blocks.Ledger.Head.Number;
        BlockReference from = Mined(filter.From);
        BlockReference to = Mined(filter.To);
        if (to.Tag == BlockTag.Number && to.Number > head)
        {
            to = BlockReference.Latest;
        }

        bool isEmpty = NumberOf(from, blocks) is not { } first || NumberOf(to, blocks) is not { } last || first > last;
        return isEmpty ? Empty : Of(filter with { From = from, To = to }, blocks, blocksMax);
    }

    /// <summary>What waits for a block has no logs yet.</summary>
    private static BlockReference Mined(in BlockReference? reference) =>
        reference is { Tag: not BlockTag.Pending } named ? named : BlockReference.Latest;

    /// <summary>A refusal that says what could be asked instead.</summary>
    public static RpcError Refuse(int code, string message, ulong from, ulong to) => new(code, message)
    {
        JsonData = Encoding.ASCII.GetBytes($$"""{"from":"0x{{from:x}}","to":"0x{{to:x}}"}"""),
    };

    private static ulong? NumberOf(in BlockReference reference, BlockLookup blocks) =>
        reference.Tag == BlockTag.Number ? reference.Number : blocks.Find(reference)?.Number;
}
