using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Koinon.Rpc.Connections;
using Koinon.Rpc.Dispatch;
using Microsoft.AspNetCore.Connections;

namespace Koinon.Rpc.Ipc;

/// <summary>JSON-RPC over a local socket: a stream of JSON values each way, as geth and anvil do it.</summary>
internal sealed class IpcConversation(
    ConnectionContext connection, RpcDispatcher dispatcher, ConversationOptions options)
    : RpcConversation(dispatcher, options)
{
    private readonly ConversationOptions _options = options;
    private JsonFramer _framer;
    private bool _isClosing;

    /// <inheritdoc/>
    /// <remarks>After what is no JSON nobody knows where the next value begins.</remarks>
    protected override bool EndsAtMalformed => true;

    /// <inheritdoc/>
    protected override bool MayReadAfterItsEnd => true;

    /// <inheritdoc/>
    internal override async ValueTask SendAsync(
        ReadOnlyMemory<byte> piece, bool endsMessage, CancellationToken cancellation)
    {
        PipeWriter output = connection.Transport.Output;
        output.Write(piece.Span);
        if (endsMessage)
        {
            output.Write("\n"u8);
        }

        FlushResult sent = await output.FlushAsync(cancellation).ConfigureAwait(false);
        if (sent.IsCompleted)
        {
            throw new OperationCanceledException("The caller has gone.");
        }
    }

    /// <summary>Says why the connection ends; a caller that does not read it is not waited for.</summary>
    internal async Task RefuseAsync(string reason, CancellationToken cancellation)
    {
        using CancellationTokenSource grace = new(_options.CloseGrace, _options.Clock);
        using CancellationTokenSource ended =
            CancellationTokenSource.CreateLinkedTokenSource(cancellation, grace.Token);
        try
        {
            await TakeTurnAsync(ended.Token).ConfigureAwait(false);
            try
            {
                await CloseAsync(reason, ended.Token).ConfigureAwait(false);
            }
            finally
            {
                PassTurn();
            }
        }
        catch (Exception end) when (IsEndOfConnection(end))
        {
            Abort();
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask<RpcMessage?> ReceiveAsync(CancellationToken cancellation)
    {
        RpcMessage message = new();
        CancellationTokenSource? deadline = null;
        bool isWhole = false;
        try
        {
            while (true)
            {
                ReadResult read = await connection.Transport.Input.ReadAsync(cancellation).ConfigureAwait(false);
                SequencePosition end = Take(read.Buffer, message, out isWhole);
                connection.Transport.Input.AdvanceTo(end);
                if (isWhole)
                {
                    return message;
                }

                if (FaultOf(message, deadline) is { } fault)
                {
                    await RefuseAsync(fault, cancellation).ConfigureAwait(false);
                    return null;
                }

                if (read.IsCompleted || Volatile.Read(ref _isClosing))
                {
                    return null;
                }

                if (_framer.HasBegun)
                {
                    deadline ??= BeginDeadline();
                }
            }
        }
        finally
        {
            deadline?.Dispose();
            if (!isWhole)
            {
                message.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask CloseAsync(string reason, CancellationToken cancellation)
    {
        const int Code = RpcErrorCode.LimitExceeded;
        string error = $$$"""{"jsonrpc":"2.0","id":null,"error":{"code":{{{Code}}},"message":"{{{reason}}}"}}""";
        await SendAsync(Encoding.UTF8.GetBytes(error), endsMessage: true, cancellation).ConfigureAwait(false);
        Volatile.Write(ref _isClosing, true);
        connection.Transport.Input.CancelPendingRead();
    }

    /// <inheritdoc/>
    protected override void Abort() => connection.Abort();

    /// <inheritdoc/>
    protected override bool IsEndOfConnection(Exception reason) =>
        reason is OperationCanceledException or IOException or ObjectDisposedException
            or InvalidOperationException { Source: "System.IO.Pipelines" };

    /// <summary>Why what has arrived of a message can never be one.</summary>
    private string? FaultOf(RpcMessage message, CancellationTokenSource? deadline) =>
        message.Length > Limits.BodyBytesMax ? $"message too large: at most {Limits.BodyBytesMax} bytes"
        : deadline?.IsCancellationRequested == true ? _options.LateMessage
        : null;

    /// <summary>Wakes the reader when the message has taken too long.</summary>
    private CancellationTokenSource BeginDeadline()
    {
        CancellationTokenSource deadline = new(_options.MessageTimeout, _options.Clock);
        deadline.Token.Register(connection.Transport.Input.CancelPendingRead);
        return deadline;
    }

    /// <summary>Takes from what arrived what belongs to the message.</summary>
    private SequencePosition Take(ReadOnlySequence<byte> arrived, RpcMessage message, out bool isWhole)
    {
        long taken = 0;
        isWhole = false;
        foreach (ReadOnlyMemory<byte> part in arrived)
        {
            isWhole = _framer.TryEnd(part.Span, out int length);
            message.Append(part.Span[..length]);
            taken += length;
            if (isWhole || message.Length > Limits.BodyBytesMax)
            {
                break;
            }
        }

        if (!isWhole && !_framer.HasBegun)
        {
            message.Clear(); // White space between two values.
        }

        return arrived.GetPosition(taken);
    }
}
