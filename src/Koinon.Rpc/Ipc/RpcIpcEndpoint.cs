using Koinon.Rpc.Connections;
using Koinon.Rpc.Dispatch;
using Microsoft.AspNetCore.Connections;

namespace Koinon.Rpc.Ipc;

/// <summary>Serves callers of the same machine over a local socket.</summary>
/// <param name="dispatcher">Answers the messages.</param>
/// <param name="options">How long is waited.</param>
/// <param name="connectionsMax">Most connections at once; more are told so and closed as they come.</param>
/// <param name="stopping">Ends every connection.</param>
public sealed class RpcIpcEndpoint(
    RpcDispatcher dispatcher, ConversationOptions options, int connectionsMax, CancellationToken stopping)
{
    private int _connections;

    /// <summary>Serves one connection until it is closed.</summary>
    public async Task HandleAsync(ConnectionContext connection)
    {
        try
        {
            using IpcConversation conversation = new(connection, dispatcher, options);
            if (Interlocked.Increment(ref _connections) <= connectionsMax)
            {
                await conversation.RunAsync(stopping).ConfigureAwait(false);
            }
            else
            {
                await conversation.RefuseAsync(
                    $"too many connections: at most {connectionsMax} at once (--connections-max)", stopping)
                    .ConfigureAwait(false);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }
}
