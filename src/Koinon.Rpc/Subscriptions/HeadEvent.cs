using System.Text.Json;
using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Subscriptions;

/// <summary>
/// A move of the head with what listeners are told of it; each text is made once, when it is first wanted.
/// </summary>
/// <param name="change">The move.</param>
internal sealed class HeadEvent(HeadChange change)
{
    private readonly ReadOnlyMemory<byte>[] _headers = new ReadOnlyMemory<byte>[change.Added.Count];
    private List<LogEvent>? _logs;

    /// <summary>The move.</summary>
    public HeadChange Change => change;

    /// <summary>
    /// The logs that are undone, newest first, then those that are new, oldest first.
    /// </summary>
    public IReadOnlyList<LogEvent> Logs => _logs ??= ReadLogs();

    /// <summary>The header of a block that was added.</summary>
    public ReadOnlyMemory<byte> HeaderOf(int added)
    {
        if (_headers[added].IsEmpty)
        {
            _headers[added] = JsonSerializer.SerializeToUtf8Bytes(
                new HeaderJson(change.Added[added].Sealed), RpcJsonContext.Default.HeaderJson);
        }

        return _headers[added];
    }

    private List<LogEvent> ReadLogs()
    {
        List<LogEvent> logs = [];
        foreach (LedgerBlock block in change.Removed)
        {
            int first = logs.Count;
            Read(block, isRemoved: true, logs);
            logs.Reverse(first, logs.Count - first);
        }

        foreach (LedgerBlock block in change.Added)
        {
            Read(block, isRemoved: false, logs);
        }

        return logs;
    }

    private static void Read(LedgerBlock block, bool isRemoved, List<LogEvent> logs)
    {
        if (block.Header.LogsBloom.IsEmpty)
        {
            return;
        }

        int logIndex = 0;
        for (int index = 0; index < block.Receipts.Count; index++)
        {
            BlockPosition position = new(block.Sealed, index);
            Hash256 transaction = block.Block.Transactions[index].Hash;
            foreach (Log log in block.Receipts[index].Logs)
            {
                logs.Add(new LogEvent(log, LogJson.Of(log, position, transaction, logIndex++) with
                {
                    Removed = isRemoved,
                }));
            }
        }
    }
}
