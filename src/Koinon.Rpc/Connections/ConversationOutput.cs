using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Connections;

/// <summary>
/// Sends an answer as one message; other messages of the connection wait from its first piece to its last.
/// </summary>
/// <param name="conversation">The connection.</param>
internal sealed class ConversationOutput(RpcConversation conversation) : RpcOutput
{
    private bool _hasTurn;

    /// <inheritdoc/>
    protected override async ValueTask SendAsync(bool isLast, CancellationToken cancellation)
    {
        if (!_hasTurn)
        {
            if (HeldBytes == 0)
            {
                return;
            }

            await conversation.TakeTurnAsync(cancellation).ConfigureAwait(false);
            _hasTurn = true;
        }

        // The last piece says that the message ends; so it is known which one it is before it is sent.
        ReadOnlyMemory<byte>? ready = null;
        foreach (ReadOnlyMemory<byte> segment in HeldSegments())
        {
            if (ready is { } piece)
            {
                await conversation.SendAsync(piece, endsMessage: false, cancellation).ConfigureAwait(false);
            }

            ready = segment;
        }

        if (ready is not null || isLast)
        {
            await conversation.SendAsync(ready ?? default, isLast, cancellation).ConfigureAwait(false);
        }

        if (isLast)
        {
            PassTurn();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool isDisposing)
    {
        PassTurn();
        base.Dispose(isDisposing);
    }

    private void PassTurn()
    {
        if (_hasTurn)
        {
            _hasTurn = false;
            conversation.PassTurn();
        }
    }
}
