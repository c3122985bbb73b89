using Koinon.Chain.Ledger;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_getLogs</c>: the logs of a range of blocks, or of one block, that a filter asks for.</summary>
/// <param name="blocks">Finds blocks.</param>
public sealed class EthGetLogs(BlockLookup blocks) : RpcQuery<LogFilter, IReadOnlyList<LogJson>>
{
    /// <summary>Most logs of one answer (the limit of reth and Erigon).</summary>
    private const int LogsMax = 20_000;

    /// <inheritdoc/>
    public override string Name => "eth_getLogs";

    /// <inheritdoc/>
    protected override LogFilter Read(ref ParameterReader reader) => reader.Required(LogFilterReader.Read);

    /// <inheritdoc/>
    protected override RpcResult<IReadOnlyList<LogJson>> Answer(LogFilter parameters)
    {
        if (parameters.BlockHash is { } hash)
        {
            return blocks.Find(BlockReference.Hashed(hash)) is { } block
                ? new RpcResult<IReadOnlyList<LogJson>>([.. BlockReceipts.LogsOf(block, parameters)])
                : RpcError.Server("unknown block");
        }

        BlockReference from = parameters.From ?? BlockReference.Latest;
        BlockReference to = parameters.To ?? BlockReference.Latest;
        ulong head = blocks.Ledger.Head.Number;
        if (to.Tag == BlockTag.Number && to.Number > head)
        {
            return RpcError.InvalidParameters($"block range extends beyond current head block {head}");
        }

        if (blocks.Find(from) is not { } first || blocks.Find(to) is not { } last || first.Number > last.Number)
        {
            return RpcError.InvalidParameters("invalid block range params");
        }

        return Collect(parameters, first.Number, last.Number);
    }

    private RpcResult<IReadOnlyList<LogJson>> Collect(LogFilter filter, ulong first, ulong last)
    {
        List<LogJson> logs = [];
        for (ulong number = first; number <= last; number++)
        {
            if (!blocks.Ledger.TryGet(number, out LedgerBlock? block) || !filter.MayMatch(block.Header.LogsBloom))
            {
                continue;
            }

            logs.AddRange(BlockReceipts.LogsOf(block, filter));
            if (logs.Count > LogsMax)
            {
                return RpcError.InvalidParameters(
                    $"query exceeds max results {LogsMax}: ask for fewer than the blocks {first} to {number}");
            }
        }

        return logs;
    }
}
