using System.Net.WebSockets;
using Koinon.Rpc.Connections;
using Koinon.Rpc.Dispatch;
using Microsoft.AspNetCore.Http;

namespace Koinon.Rpc.WebSockets;

/// <summary>Takes WebSockets up, on the port that serves HTTP.</summary>
/// <param name="dispatcher">Answers the messages.</param>
/// <param name="options">How long is waited.</param>
/// <param name="stopping">Ends every connection.</param>
public sealed class RpcWebSocketEndpoint(
    RpcDispatcher dispatcher, ConversationOptions options, CancellationToken stopping)
{
    /// <summary>Serves one WebSocket until it is closed.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        WebSocketAcceptContext how = new()
        {
            KeepAliveInterval = options.PingInterval,
            KeepAliveTimeout = options.PingInterval,
        };
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(how).ConfigureAwait(false);
        using WebSocketConversation conversation = new(socket, dispatcher, options);
        await conversation.RunAsync(stopping).ConfigureAwait(false);
    }
}
