using System.Text.Json;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Subscriptions;

/// <summary>
/// <c>eth_subscribe</c>: tells the caller of events as they come, on its connection; answers the subscription's id.
/// </summary>
/// <param name="feed">Knows of the events.</param>
/// <remarks>
/// The names: newHeads, logs, newPendingTransactions, transactionReceipts, syncing. An event never comes before the
/// answer with the id, none is left out, and a caller that reads too slowly is told so and closed.
/// </remarks>
public sealed class EthSubscribe(ChainFeed feed) : RpcConnectionMethod<SubscriptionRequest, string>
{
    private static readonly string[] Names =
        ["newHeads", "logs", "newPendingTransactions", "transactionReceipts", "syncing"];

    /// <inheritdoc/>
    public override string Name => "eth_subscribe";

    /// <inheritdoc/>
    protected override SubscriptionRequest Read(ref ParameterReader reader)
    {
        string name = reader.Required<string?>(SubscriptionRequest.ReadName) ?? "";
        SubscriptionRequest? request = reader.Optional<SubscriptionRequest>(
            (JsonElement element) => SubscriptionRequest.ReadArgument(name, element));
        return request ?? SubscriptionRequest.Of(name);
    }

    /// <inheritdoc/>
    protected override RpcResult<string> Answer(SubscriptionRequest parameters, RpcConnection connection)
    {
        if (!Names.Contains(parameters.Name))
        {
            string name = JsonText.Shorten(parameters.Name);
            return new RpcError(RpcErrorCode.MethodNotFound, $"no \"{name}\" subscription in eth namespace");
        }

        string id = SubscriptionId.New();
        ConnectionListener listener = new(connection, id, parameters);
        return connection.Subscribe(id, () => feed.Subscribe(listener)) is { } refusal ? refusal : id;
    }
}
