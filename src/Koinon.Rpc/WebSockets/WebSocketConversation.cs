using System.Net.WebSockets;
using System.Text;
using Koinon.Rpc.Connections;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.WebSockets;

/// <summary>JSON-RPC over a WebSocket: a text message a body, an answer or an event.</summary>
internal sealed class WebSocketConversation(WebSocket socket, RpcDispatcher dispatcher, ConversationOptions options)
    : RpcConversation(dispatcher, options)
{
    /// <summary>The longest text of a close frame (RFC 6455, 5.5).</summary>
    private const int ReasonBytesMax = 123;

    private readonly ConversationOptions _options = options;

    /// <inheritdoc/>
    protected override bool EndsAtMalformed => false;

    /// <inheritdoc/>
    protected override bool MayReadAfterItsEnd => false;

    /// <inheritdoc/>
    internal override ValueTask SendAsync(
        ReadOnlyMemory<byte> piece, bool endsMessage, CancellationToken cancellation) =>
        socket.SendAsync(piece, WebSocketMessageType.Text, endsMessage, cancellation);

    /// <inheritdoc/>
    protected override async ValueTask<RpcMessage?> ReceiveAsync(CancellationToken cancellation)
    {
        RpcMessage message = new();
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ITimer? timer = null;
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult part =
                    await socket.ReceiveAsync(message.Room(), deadline.Token).ConfigureAwait(false);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    await CloseAsync(WebSocketCloseStatus.NormalClosure, "", cancellation).ConfigureAwait(false);
                    break;
                }

                message.Advance(part.Count);
                if (message.Length > Limits.BodyBytesMax)
                {
                    string reason = $"message too large: at most {Limits.BodyBytesMax} bytes";
                    await CloseAsync(WebSocketCloseStatus.MessageTooBig, reason, cancellation).ConfigureAwait(false);
                    break;
                }

                if (part.EndOfMessage)
                {
                    RpcMessage whole = message;
                    message = new RpcMessage();
                    return whole;
                }

                timer ??= _options.Clock.CreateTimer(
                    static state => ((CancellationTokenSource)state!).Cancel(),
                    deadline,
                    _options.MessageTimeout,
                    Timeout.InfiniteTimeSpan);
            }

            return null;
        }
        finally
        {
            timer?.Dispose();
            message.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override ValueTask CloseAsync(string reason, CancellationToken cancellation) =>
        CloseAsync(WebSocketCloseStatus.PolicyViolation, reason, cancellation);

    /// <inheritdoc/>
    protected override void Abort() => socket.Abort();

    /// <inheritdoc/>
    protected override bool IsEndOfConnection(Exception reason) =>
        reason is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException
            or InvalidOperationException { Source: "System.Net.WebSockets" };

    private async ValueTask CloseAsync(WebSocketCloseStatus status, string reason, CancellationToken cancellation)
    {
        string text = Encoding.UTF8.GetByteCount(reason) <= ReasonBytesMax ? reason : reason[..ReasonBytesMax];
        await socket.CloseOutputAsync(status, text, cancellation).ConfigureAwait(false);
    }
}
