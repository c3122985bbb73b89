using System.Buffers;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Connections;

/// <summary>
/// A connection that stays: requests come as messages, answers and events go back as messages, each whole.
/// </summary>
/// <remarks>
/// Requests that only read are answered side by side, in whatever order they are done; the others one after another, in
/// the order in which they came. A limited number is worked on at once; what comes after waits unread.
/// </remarks>
internal abstract class RpcConversation : IDisposable
{
    private readonly RpcDispatcher _dispatcher;
    private readonly ConversationOptions _options;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly SemaphoreSlim _slots;
    private readonly RpcConnection _connection;

    /// <summary>A conversation that begins with <see cref="RunAsync"/>.</summary>
    protected RpcConversation(RpcDispatcher dispatcher, ConversationOptions options)
    {
        _dispatcher = dispatcher;
        _options = options;
        _slots = new SemaphoreSlim(dispatcher.Limits.ConcurrentRequestsMax);
        _connection = new RpcConnection(dispatcher.Limits);
    }

    /// <summary>What a caller may ask.</summary>
    protected RpcLimits Limits => _dispatcher.Limits;

    /// <summary>Whether the connection is over after a message that is not JSON.</summary>
    protected abstract bool EndsAtMalformed { get; }

    /// <summary>Whether a caller that sends nothing any more may still read what it asked for.</summary>
    protected abstract bool MayReadAfterItsEnd { get; }

    /// <summary>Serves the connection until one of both sides ends it.</summary>
    /// <param name="stopping">Ends it from this side.</param>
    public async Task RunAsync(CancellationToken stopping)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using CancellationTokenRegistration refusal =
            _connection.Refused.Register(() => _ = AbortAfterGraceAsync(ended.Token));
        Task events = SendEventsAsync(ended.Token);
        try
        {
            await ReceiveAllAsync(ended.Token).ConfigureAwait(false);
            if (MayReadAfterItsEnd)
            {
                ended.CancelAfter(_options.CloseGrace);
                await WaitForAnswersAsync(ended.Token).ConfigureAwait(false);
            }
        }
        catch (Exception reason) when (IsEndOfConnection(reason))
        {
            // The caller has gone, or never kept to the protocol: there is nobody to tell.
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await events.ConfigureAwait(false);
            _connection.Dispose();
            await WaitForAnswersAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection.Dispose();
        _turn.Dispose();
        _slots.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Waits until no other message is being sent.</summary>
    internal Task TakeTurnAsync(CancellationToken cancellation) => _turn.WaitAsync(cancellation);

    /// <summary>Lets the next message be sent.</summary>
    internal void PassTurn() => _turn.Release();

    /// <summary>Sends a piece of a message; the caller has the turn.</summary>
    internal abstract ValueTask SendAsync(
        ReadOnlyMemory<byte> piece, bool endsMessage, CancellationToken cancellation);

    /// <summary>Receives a message.</summary>
    /// <returns>The message; <see langword="null"/> where the caller has ended the connection.</returns>
    protected abstract ValueTask<RpcMessage?> ReceiveAsync(CancellationToken cancellation);

    /// <summary>Tells the caller why the connection ends; the caller has the turn.</summary>
    protected abstract ValueTask CloseAsync(string reason, CancellationToken cancellation);

    /// <summary>Ends the connection at once.</summary>
    protected abstract void Abort();

    /// <summary>Whether an exception means that the connection is over.</summary>
    protected abstract bool IsEndOfConnection(Exception reason);

    private async Task WaitForAnswersAsync(CancellationToken cancellation)
    {
        int taken = 0;
        try
        {
            for (; taken < Limits.ConcurrentRequestsMax; taken++)
            {
                await _slots.WaitAsync(cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            if (taken > 0)
            {
                _slots.Release(taken);
            }
        }
    }

    private async Task ReceiveAllAsync(CancellationToken cancellation)
    {
        Task inOrder = Task.CompletedTask;
        while (await ReceiveAsync(cancellation).ConfigureAwait(false) is { } message)
        {
            await _slots.WaitAsync(cancellation).ConfigureAwait(false);
            RpcBody body = _dispatcher.Read(message.Bytes);
            if (body.IsOrdered)
            {
                inOrder = AnswerAfterAsync(inOrder, message, body, cancellation);
            }
            else if (body.IsMalformed && EndsAtMalformed)
            {
                await AnswerAsync(message, body, cancellation).ConfigureAwait(false);
                return;
            }
            else
            {
                _ = Task.Run(() => AnswerAsync(message, body, cancellation), CancellationToken.None);
            }
        }
    }

    private async Task AnswerAfterAsync(
        Task previous, RpcMessage message, RpcBody body, CancellationToken cancellation)
    {
        await previous.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await AnswerAsync(message, body, cancellation).ConfigureAwait(false);
        _connection.Answered();
    }

    /// <summary>Answers a message; never throws.</summary>
    private async Task AnswerAsync(RpcMessage message, RpcBody body, CancellationToken cancellation)
    {
        try
        {
            using (message)
            using (body)
            using (ConversationOutput output = new(this))
            {
                await _dispatcher.AnswerAsync(body, output, _connection, cancellation).ConfigureAwait(false);
                await output.CompleteAsync(cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception reason) when (reason is RpcStreamBrokenException || IsEndOfConnection(reason))
        {
            Abort();
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>
    /// Sends events as they come; where the caller reads too slowly, says so and ends the connection.
    /// </summary>
    private async Task SendEventsAsync(CancellationToken cancellation)
    {
        ArrayBufferWriter<byte> message = new();
        try
        {
            while (await _connection.NextAsync(cancellation).ConfigureAwait(false) is { } next)
            {
                message.ResetWrittenCount();
                next.WriteTo(message);
                await TakeTurnAsync(cancellation).ConfigureAwait(false);
                try
                {
                    await SendAsync(message.WrittenMemory, endsMessage: true, cancellation).ConfigureAwait(false);
                }
                finally
                {
                    PassTurn();
                }
            }

            if (_connection.Refusal is { } reason)
            {
                await TakeTurnAsync(cancellation).ConfigureAwait(false);
                try
                {
                    await CloseAsync(reason, cancellation).ConfigureAwait(false);
                }
                finally
                {
                    PassTurn();
                }
            }
        }
        catch (Exception reason) when (IsEndOfConnection(reason))
        {
            Abort();
        }
    }

    /// <summary>Ends a connection whose reader did not even read why it is ended.</summary>
    private async Task AbortAfterGraceAsync(CancellationToken ended)
    {
        try
        {
            await Task.Delay(_options.CloseGrace, _options.Clock, ended).ConfigureAwait(false);
            Abort();
        }
        catch (OperationCanceledException)
        {
            // It has ended by itself.
        }
    }
}
