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
        CancellationTokenSource? deadline = null;
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult part =
                    await socket.ReceiveAsync(message.Room(), cancellation).ConfigureAwait(false);
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

                deadline ??= BeginDeadline(cancellation);
            }

            return null;
        }
        finally
        {
            deadline?.Dispose();
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

    /// <summary>Ends the connection when the message has taken too long.</summary>
    private CancellationTokenSource BeginDeadline(CancellationToken cancellation)
    {
        CancellationTokenSource deadline = new(_options.MessageTimeout, _options.Clock);
        deadline.Token.Register(() => _ = CloseLateAsync(cancellation));
        return deadline;
    }

    /// <summary>Says why the connection ends; a caller that does not close it in turn is cut off.</summary>
    private async Task CloseLateAsync(CancellationToken cancellation)
    {
        try
        {
            await CloseAsync(_options.LateMessage, cancellation)
                .AsTask().WaitAsync(_options.CloseGrace, _options.Clock, cancellation).ConfigureAwait(false);
            await Task.Delay(_options.CloseGrace, _options.Clock, cancellation).ConfigureAwait(false);
            Abort();
        }
        catch (Exception reason) when (reason is TimeoutException || IsEndOfConnection(reason))
        {
            Abort();
        }
    }

    private async ValueTask CloseAsync(WebSocketCloseStatus status, string reason, CancellationToken cancellation)
    {
        string text = Encoding.UTF8.GetByteCount(reason) <= ReasonBytesMax ? reason : reason[..ReasonBytesMax];
        await socket.CloseOutputAsync(status, text, cancellation).ConfigureAwait(false);
    }
}
