using System.Text.Json;
using Koinon.Chain.Ledger;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Subscriptions;

/// <summary>Tells a connection of the events of one subscription.</summary>
/// <param name="connection">Whom to tell.</param>
/// <param name="id">The id that the caller knows the subscription by.</param>
/// <param name="request">What was asked for.</param>
internal sealed class ConnectionListener(RpcConnection connection, string id, SubscriptionRequest request)
    : IFeedListener
{
    /// <inheritdoc/>
    public void OnEnd(string reason) => connection.End(reason);

    /// <inheritdoc/>
    public void OnHead(HeadEvent head)
    {
        switch (request.Kind)
        {
            case SubscriptionKind.Heads:
                for (int added = 0; added < head.Change.Added.Count; added++)
                {
                    Tell(head.HeaderOf(added));
                }

                break;
            case SubscriptionKind.Logs:
                foreach (LogEvent log in head.Logs)
                {
                    if (request.Filter!.MatchesNew(log.Log, log.Number))
                    {
                        Tell(log.Json);
                    }
                }

                break;
            case SubscriptionKind.Receipts:
                foreach (LedgerBlock block in head.Change.Added)
                {
                    TellReceipts(block);
                }

                break;
        }
    }

    /// <inheritdoc/>
    public void OnPending(PendingEvent pending)
    {
        if (request.Kind == SubscriptionKind.Pending)
        {
            Tell(pending.Json(request.IsWhole));
        }
    }

    private void TellReceipts(LedgerBlock block)
    {
        List<ReceiptJson> receipts = [];
        foreach (ReceiptJson receipt in BlockReceipts.Of(block))
        {
            if (request.Transactions.Count == 0 || request.Transactions.Contains(receipt.TransactionHash))
            {
                receipts.Add(receipt);
            }
        }

        if (receipts.Count > 0)
        {
            Tell(JsonSerializer.SerializeToUtf8Bytes(receipts, RpcJsonContext.Default.IReadOnlyListReceiptJson));
        }
    }

    private void Tell(ReadOnlyMemory<byte> json) => connection.Notify(new RpcNotification(id, json));
}
